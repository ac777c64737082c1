"""What two observations differ in, from records so that no server is needed."""

from dataclasses import replace

import pytest

from lab.observation import (
    CommandStep,
    Fault,
    Observation,
    RequestStep,
    StoredFile,
    Versions,
    diff,
    file_tree,
    headers,
    outcome,
    replay,
)

FILES = {"project/settings.py": "DEBUG = True\n", "app1/static/app.css": "/* 1 */", "app2/static/app.css": "/* 2 */"}
CSS = RequestStep(
    "css",
    "GET",
    "/static/app.css",
    200,
    {"content-type": "text/css"},
    7,
    "ab",
    "/* 1 */",
    "static-handler",
    (),
    1.0,
    source="app1/static/app.css",
)
PAGE = RequestStep(
    "page",
    "GET",
    "/",
    200,
    {"content-type": "text/html"},
    9,
    "cd",
    '<link rel="stylesheet" href="/static/app.css">',
    "view",
    (),
    1.0,
)
SEEN = Observation(
    {"static_url": "/static/"},
    Versions("3.13", "6.1", "6.12", None),
    FILES,
    (PAGE, CSS),
    (StoredFile("app.css", 7, "ab"),),
    (),
)


def with_css(**changes):
    return replace(SEEN, steps=(PAGE, replace(CSS, **changes)))


def test_equal_observations_have_no_changes():
    assert diff.changes(SEEN, SEEN) == ()


def test_times_are_no_change():
    assert diff.changes(SEEN, with_css(ms=99.0)) == ()


def test_a_lost_stylesheet_is_told_as_status_source_and_type():
    lost = with_css(status=404, source=None, headers={"content-type": "text/html"}, answered_by="none")
    told = {change.aspect: (change.before, change.after) for change in diff.changes(SEEN, lost)}
    assert told["status"] == ("200", "404")
    assert told["source"] == ("app1/static/app.css", "not there")
    assert told["content-type"] == ("text/css", "text/html")


def test_a_request_that_was_not_made_is_told():
    [change] = diff.changes(SEEN, replace(SEEN, steps=(PAGE,)))
    assert (change.subject, change.after) == ("css", "not there")


def test_a_command_that_fails_is_told_by_its_last_line():
    good = CommandStep(("python", "manage.py", "collectstatic"), 0, "1 static file copied.\n", "", 1.0)
    bad = replace(good, exit=1, stdout="", stderr="Traceback\nValueError: no\n", error=Fault("ValueError", "no"))
    [change] = diff.changes(replace(SEEN, steps=(good, PAGE, CSS)), replace(SEEN, steps=(bad, PAGE, CSS)))
    assert change.after == "ValueError: no"


def test_the_settings_that_differ_are_shown_as_a_diff():
    other = replace(SEEN, files={**FILES, "project/settings.py": "DEBUG = False\n"})
    assert [
        line for line in diff.diff(*(seen.files["project/settings.py"] for seen in (SEEN, other))) if line[0] in "+-"
    ] == [
        "-DEBUG = True",
        "+DEBUG = False",
    ]


@pytest.mark.parametrize(
    ("observation", "name"),
    [
        (SEEN, "app1"),
        (with_css(source="app2/static/app2/app.css"), "app2"),
        (with_css(source="static/app.css"), "project"),
        (with_css(status=404, source=None), "404"),
        (with_css(status=302, source=None), "login"),
        (with_css(status=None, source=None), "elsewhere"),
        (replace(SEEN, steps=(replace(PAGE, status=500),)), "page-fails"),
        (replace(SEEN, steps=(), refused=Fault("SystemCheckError", "E002")), "refused"),
    ],
)
def test_the_outcome_of_a_prediction_is_read_from_the_observation(observation, name):
    assert outcome.outcome(observation).name == name


@pytest.mark.parametrize(
    ("turned", "name"),
    [
        ({"upload": "png"}, "picture-shown"),
        ({"upload": "png", "media_route": "off"}, "picture-404"),
        ({"upload": "svg"}, "upload-refused"),
        ({"upload": "png", "default_storage": "missing"}, "upload-fails"),
        ({"upload": "png", "login_gate": "above"}, "upload-login"),
        ({"upload": "none"}, "no-upload"),
    ],
)
def test_what_becomes_of_a_picture_can_be_predicted_too(observe, turned, name):
    assert outcome.outcome(observe(**turned), "media").name == name


def test_every_outcome_can_be_chosen_once():
    chosen = [outcome for _, outcomes in outcome.by_subject() for outcome in outcomes]
    assert sorted(chosen, key=outcome.OUTCOMES.index) == list(outcome.OUTCOMES)


def test_the_file_tree_marks_who_was_served_and_who_lost():
    sources, collected, media = file_tree.folders(SEEN)
    assert {leaf.path: leaf.part for leaf in sources.leaves if leaf.part} == {
        "app1/static/app.css": "served",
        "app2/static/app.css": "lost",
    }
    assert [(leaf.path, leaf.part) for leaf in collected.leaves] == [("app.css", "served")]
    assert media.leaves == ()


@pytest.mark.parametrize(
    ("turned", "parts"),
    [
        ({"project_static": "plain"}, {"app1/static/app.css": "lost", "static/app.css": "served"}),
        ({"project_static": "prefixed"}, {"app1/static/app.css": "served", "static/app.css": ""}),
        (
            {"layout": "namespaced", "project_static": "plain"},
            {"app1/static/app1/app.css": "served", "app2/static/app2/app.css": "", "static/app.css": ""},
        ),
    ],
)
def test_only_a_file_of_the_same_name_has_lost(observe, turned, parts):
    sources, _, _ = file_tree.folders(observe(**turned))
    found = {leaf.path: leaf.part for leaf in sources.leaves}
    assert {path: found[path] for path in parts} == parts


def test_headers_that_tell_something_come_first():
    notes = headers.notes({"x-other": "1", "cache-control": "max-age=315360000, public, immutable"})
    assert [note.name for note in notes] == ["cache-control", "x-other"]
    assert "ten years" in notes[0].tells


def test_the_preview_asks_for_the_observed_stylesheet_and_gets_its_bytes():
    assert 'href="/lab/preview.css?x"' in replay.page(SEEN, "/lab/preview.css?x").body
    assert replay.stylesheet(SEEN).body == "/* 1 */"
    assert replay.stylesheet(with_css(status=None, source=None)) is None
    assert replay.page(replace(SEEN, steps=()), "/") is None
