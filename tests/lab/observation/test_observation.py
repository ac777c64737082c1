"""Observations as JSON, and what makes two runs equal."""

import json
from pathlib import Path

import django

from lab.observation import Observation
from lab.observation.normalise import Normaliser, manifest


def test_an_observation_survives_json_unchanged(observe):
    observation = observe(upload="png", collect="yes")
    assert Observation.from_json(observation.to_json()) == observation


def test_the_json_has_the_keys_of_the_contract(observe):
    data = json.loads(observe(upload="png", collect="yes").to_json())
    assert set(data) == {"experiment", "versions", "refused", "files", "steps", "static_root", "media_root"}
    assert set(data["versions"]) == {"python", "django", "whitenoise", "nginx"}
    command, page = data["steps"][:2]
    assert set(command) == {"kind", "argv", "exit", "stdout", "stderr", "ms", "error"}
    assert set(page) == {
        *("kind", "label", "method", "url", "status", "headers", "bytes", "sha256", "excerpt"),
        *("answered_by", "trace", "source", "error", "ms"),
    }
    assert set(page["trace"][0]) == {"component", "file", "line"}
    assert set(data["static_root"][0]) == {"path", "bytes", "sha256"}
    assert "recorded" not in data


def test_a_manifest_is_the_same_in_whatever_order_a_folder_lists_its_files():
    one, other = (
        json.dumps({"paths": paths, "version": "1.1", "hash": "x"}).encode()
        for paths in ({"b.css": "b.1.css", "a.css": "a.1.css"}, {"a.css": "a.1.css", "b.css": "b.1.css"})
    )
    assert manifest(one) == manifest(other) == other
    for broken in (b"", b"{", b"[]", b'{"paths": []}', b"\xff"):
        assert manifest(broken) == broken


def test_two_runs_differ_in_nothing_but_time(runner):
    from lab.experiment import Experiment

    for knobs in ({"upload": "svg", "debug": "off"}, {"default_storage": "missing", "upload": "png"}):
        first, second = (json.loads(runner.run(Experiment(**knobs))) for _ in range(2))
        for data in (first, second):
            for step in data["steps"]:
                step["ms"] = 0
        assert first == second


def test_what_a_command_prints_of_each_file_does_not_follow_the_order_of_a_folder(tmp_path, runner):
    from lab.experiment import Experiment

    normaliser = Normaliser(tmp_path / "project")
    printed = (
        "Deleting 'b.css'\nDeleting 'a.css'\nFound another file\nCopying '/b'\nCopying '/a'\n\n2 static files copied.\n"
    )
    assert normaliser.printed(printed) == (
        "Deleting 'a.css'\nDeleting 'b.css'\nFound another file\nCopying '/a'\nCopying '/b'\n\n2 static files copied.\n"
    )
    # `--clear` deletes in the order in which the file system lists what the first run has written.
    experiment = Experiment(storage="manifest", collect="stale", clear="yes")
    observation = Observation.from_json(runner.run(experiment))
    deleted = [line for line in observation.commands[1].stdout.splitlines() if line.startswith("Deleting")]
    assert (len(deleted) > 100) == (django.VERSION < (6, 0))  # which says only how many
    assert deleted == sorted(deleted)


def test_paths_dates_tokens_and_addresses_are_replaced_by_their_names(tmp_path):
    normaliser = Normaliser(tmp_path / "project")
    assert normaliser.text(f"{tmp_path}/project/app.css at 0x7f0012345678") == "/project/app.css at 0x..."
    assert normaliser.text(f"{Path(json.__file__)}").startswith("/python/")
    assert normaliser.text('name="csrfmiddlewaretoken" value="abc"') == 'name="csrfmiddlewaretoken" value="<token>"'
    headers = normaliser.headers(
        {
            "date": "Mon, 23 Nov 2026 03:19:33 GMT",
            "set-cookie": "csrftoken=abc; Path=/",
            "etag": '"1-2"',
            "server": "WSGIServer/0.2 CPython/3.13.0",
            "connection": "close",
        },
        status=200,
        length=0,
    )
    assert headers == {
        "date": "<date>",
        "etag": "<etag>",
        "server": "WSGIServer CPython",
        "set-cookie": "csrftoken=<value>; Path=/",
    }
