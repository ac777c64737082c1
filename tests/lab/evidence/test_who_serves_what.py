"""The tables of who serves what, from the records of both Djangos."""

import pytest

from lab.evidence import who_serves_what
from lab.evidence.records import Records


@pytest.fixture(params=Records().all_series())
def recorded(request):
    return lambda experiment: Records().of(experiment, request.param)


def test_the_table_of_test_cases_is_what_the_tests_printed(recorded):
    rows = {row.kind: (row.empty, row.collected, row.media) for row in who_serves_what.test_runs(recorded)}
    assert rows["LiveServerTestCase"] == ("404", "200", "200")
    assert rows["self.client"] == ("404", "404", "404")


def test_each_set_up_says_who_answered_or_that_nobody_did_and_why(recorded):
    rows = {row.title: row for row in who_serves_what.servers(recorded)}
    assert all(row.why for row in rows.values())
    assert [(came, who) for _, came, who in rows["gunicorn, DEBUG on"].answers] == [
        ("nobody", "nobody"),
        ("came", "the static() route"),
    ]
    assert {row.mode for row in rows.values()} == {"dev", "prod", "nginx", ""}


def test_in_tests_a_server_that_lacks_the_file_is_told_from_no_server(recorded):
    rows = {row.kind: [came for _, came, _ in row.answers] for row in who_serves_what.test_runs(recorded)}
    assert rows["LiveServerTestCase"] == ["wrong", "came", "came"]
    assert rows["self.client"] == ["nobody"] * 3


def test_runserver_serves_both_files_with_debug_on_and_neither_with_debug_off(recorded):
    statuses = {row.title: (row.css.status, row.media.status) for row in who_serves_what.servers(recorded)}
    assert statuses["runserver, DEBUG on"] == (200, 200)
    assert statuses["runserver, DEBUG off"] == (404, 404)
