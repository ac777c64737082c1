"""Records: each named experiment shows today what it showed when it was recorded."""

import json
from dataclasses import replace
from datetime import date

import pytest

from lab.evidence.catalogue import BY_NAME, CATALOGUE, STARTING_POINTS, WHO_SERVES_WHAT
from lab.evidence.records import FOLDER, Records, comparable
from lab.experiment import Experiment
from lab.observation import StoredFile
from lab.probe.serving import missing_here
from lab.probe.versions import django_series
from lab.project.files import project_files
from tests.left_out import skip_without


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_a_named_experiment_shows_what_its_record_says(observe_named, entry):
    missing = missing_here(entry.experiment)
    if missing:
        skip_without(missing)
    record = Records().load(django_series(), entry.name)
    assert record is not None, f"no record: run `manage.py observe --record {entry.name}`"
    assert comparable(observe_named(entry.experiment)) == comparable(record)


def test_names_are_unique_and_every_record_has_one():
    names = [entry.name for entry in CATALOGUE]
    assert len(set(names)) == len(names)
    records = Records()
    for series in ("5.2", "6.1"):
        assert {name for name in names if records.load(series, name) is None} == set()
        assert {path.stem for path in (FOLDER / series).glob("*.json")} == set(names), "a record of nothing"


def test_a_record_is_dated_and_has_no_times(observe, tmp_path):
    records = Records(tmp_path)
    entry = STARTING_POINTS[0]
    path = records.save("0.0", entry.name, observe(), date(2026, 1, 2))
    first = path.read_text()
    assert json.loads(first)["recorded"] == "2026-01-02"
    assert '"ms"' not in first
    records.save("0.0", entry.name, observe(), date(2026, 3, 4))
    assert path.read_text() == first, "nothing has changed, so neither has the record"
    record = records.of(Experiment(), "0.0")
    assert record == replace(
        observe(), recorded="2026-01-02", steps=tuple(replace(step, ms=0) for step in observe().steps)
    )
    assert records.of(Experiment(apps="app1", css="bad-url"), "0.0") is None
    assert records.all_series() == ["0.0"]


def test_a_record_holds_the_observation_and_nothing_that_its_experiment_decides(observe, tmp_path):
    entry = BY_NAME["whitenoise"]
    text = Records(tmp_path).save("0.0", entry.name, observe(**entry.experiment.changed), date(2026, 1, 2)).read_text()
    data = json.loads(text)
    assert data["changed"] == entry.experiment.changed
    assert "files" not in data
    assert "BASE_DIR" not in text, "a line of settings.py"
    assert "DJANGO Admin styles" not in text
    assert not any("admin/" in str(file) for file in data["static_root"])
    record = Records(tmp_path).load("0.0", entry.name)
    assert record.files == project_files(entry.experiment)
    assert record.experiment == entry.experiment.knobs
    assert record.request("admin-css").excerpt.startswith("/*\n    DJANGO Admin styles")
    assert record.static_root == observe(**entry.experiment.changed).static_root


def test_a_record_that_still_holds_is_left_as_it_is_and_a_changed_one_is_written_again(observe, tmp_path):
    records, name = Records(tmp_path), STARTING_POINTS[0].name
    records.save("0.0", name, observe(), date(2026, 1, 2))
    records.save("0.0", name, replace(observe(), media_root=(StoredFile("x.png", 1, "0"),)), date(2026, 3, 4))
    assert records.load("0.0", name).recorded == "2026-03-04"


def test_writing_every_record_again_changes_no_byte(tmp_path):
    again = Records(tmp_path)
    for series in Records().all_series():
        for entry in CATALOGUE:
            record = Records().load(series, entry.name)
            again.save(series, entry.name, record, date.fromisoformat(record.recorded))
    assert {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.json")} == {
        path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*.json")
    }


def test_what_no_record_shares_any_more_is_deleted(observe, tmp_path):
    records, entry = Records(tmp_path), BY_NAME["whitenoise"]
    observation = observe(**entry.experiment.changed)
    records.save("0.0", entry.name, observation, date(2026, 1, 2))
    used = set(tmp_path.glob("0.0/shared/*"))
    records.save("0.0", entry.name, replace(observation, static_root=()), date(2026, 1, 2))
    records.tidy("0.0")
    left = set(tmp_path.glob("0.0/shared/*"))
    assert left < used
    assert records.load("0.0", entry.name).request("admin-css").excerpt == observation.request("admin-css").excerpt


def test_the_records_of_all_experiments_take_less_than_three_and_a_half_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.json")) < 3_500_000


def test_the_table_of_who_serves_what_is_as_the_subject_says(observe):
    """Rows of (static, media) statuses; "Where your own run disagrees, your run wins"."""
    expected = {
        "serves-runserver": (200, 200),
        "serves-runserver-debug-off": (404, 404),
        "serves-runserver-insecure": (200, 404),
        "serves-gunicorn-debug": (404, 200),
        "serves-gunicorn": (404, 404),
        "serves-whitenoise": (200, 404),
        "serves-nginx": (200, 200),
    }
    rows = [row for row in WHO_SERVES_WHAT if not missing_here(row.experiment)]
    observed = {}
    for row in rows:
        observation = observe(**row.experiment.changed)
        observed[row.name] = (observation.request("css").status, observation.request("media").status)
    assert observed == {row.name: expected[row.name] for row in rows}
