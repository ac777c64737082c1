"""Trails: a column for each station, and where each request ended, read from what was observed."""

import pytest

from lab.engine import api
from lab.experiment import Experiment
from lab.observation.reason import reason
from lab.observation.trail import trail


@pytest.fixture(scope="module")
def seen():
    return lambda **knobs: api.observe(Experiment(**knobs))


def ends(found):
    return {
        row.step.label: (found.stations[[cell.ended for cell in row.cells].index(True)], row.came) for row in found.rows
    }


def test_the_static_handler_stands_before_every_middleware_and_the_page_goes_through_to_the_view(seen):
    found = trail(seen().requests)
    assert found.stations[:2] == ("static handler", "Security")
    assert found.stations[-2:] == ("URLs", "view")
    assert ends(found) == {
        "page": ("view", "came"),
        "css": ("static handler", "came"),
        "admin-css": ("static handler", "came"),
    }


def test_with_debug_off_the_trail_says_where_the_request_ended_before(seen):
    found = trail(seen(debug="off").requests, seen().requests)
    assert ends(found)["css"] == ("URLs", "nobody")
    css = next(row for row in found.rows if row.step.label == "css")
    assert {found.stations[place]: cell.was for place, cell in enumerate(css.cells) if cell.was} == {
        "static handler": 200
    }
    page = next(row for row in found.rows if row.step.label == "page")
    assert not any(cell.was for cell in page.cells), "it ended in the view both times"


def test_an_uploaded_picture_is_answered_by_the_media_route_and_a_login_gate_ends_every_request(seen):
    assert ends(trail(seen(upload="png").requests))["media"] == ("media route", "came")
    knobs = {"login_gate": "above", "whitenoise": "after-security", "collect": "yes", "debug": "off", "upload": "png"}
    gated = trail(seen(**knobs).requests)
    assert set(ends(gated).values()) == {("login gate", "wrong")}


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ({}, "The static handler answers `GET /static/app.css` with 200 and the content of `app1/static/app.css`."),
        ({"debug": "off"}, "No middleware serves `/static/app.css`, and no route in `urls.py` matches it."),
        (
            {"debug": "off", "whitenoise": "after-security"},
            "WhiteNoise has no `/static/app.css`: `STATIC_ROOT` is empty, because nothing was collected.",
        ),
        ({"reference": "missing"}, "The static handler takes `/static/missing.css`, and no finder has that file."),
        (
            {"static_url": "https://cdn.example/"},
            "A browser asks `https://cdn.example/app.css`, which is not this project.",
        ),
        ({"storage": "manifest", "debug": "off"}, "`ValueError: Missing staticfiles manifest entry for 'app.css'`"),
    ],
)
def test_the_reason_names_who_answered_or_why_nobody_did(seen, knobs, said):
    assert reason(seen(**knobs)) == said


def test_the_reason_of_a_refusal_is_the_check_that_refused(seen):
    assert "(staticfiles.E002)" in reason(seen(project_static="collected"))
