"""Records: each named experiment shows today what it showed when it was recorded."""

import json
from datetime import date

import pytest

from lab.evidence.catalogue import CATALOGUE, STARTING_POINTS, WHO_SERVES_WHAT
from lab.evidence.records import FOLDER, Records, comparable
from lab.experiment import Experiment
from lab.observation import Observation
from lab.probe.servers import AS_ROOT, missing_here
from lab.probe.versions import django_series
from tests.left_out import skip_without


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_a_named_experiment_shows_what_its_record_says(observe_named, entry):
    missing = missing_here(entry.experiment)
    if missing:
        skip_without("root" if entry.experiment.variation == AS_ROOT and missing != "nginx" else missing)
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
    data = json.loads(first)
    assert data["recorded"] == "2026-01-02"
    assert {step["ms"] for step in data["steps"]} == {0}
    records.save("0.0", entry.name, observe(), date(2026, 3, 4))
    assert path.read_text() == first, "nothing has changed, so neither has the record"
    assert records.of(Experiment(), "0.0") == Observation.from_json(first)
    assert records.of(Experiment(apps="app1", css="bad-url"), "0.0") is None
    assert records.all_series() == ["0.0"]


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
