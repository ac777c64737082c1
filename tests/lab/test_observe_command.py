"""`manage.py observe`: words for people, JSON for programs, exit codes for scripts."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lab.engine import api
from lab.process.call import ROOT


def run(*arguments):
    output = StringIO()
    call_command("observe", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture(autouse=True)
def observed_here(monkeypatch, observe):
    monkeypatch.setattr(api, "observe", lambda experiment: observe(**experiment.changed))


def test_in_words_it_tells_who_answered_each_request_and_which_file_won():
    text = run("--set", "apps=app2,app1", "--set", "upload=png")
    assert "apps=app2,app1 upload=png" in text
    assert "answered by static-handler" in text
    assert "its source is app2/static/app.css" in text
    assert "picture.png" in text


def test_a_failed_command_and_a_refusal_are_shown_as_in_a_terminal():
    text = run("static-root-in-dirs")
    assert "$ python manage.py collectstatic --noinput" in text
    assert "exit 1" in text
    assert "Refused: SystemCheckError" in text


def test_json_is_the_observation_and_nothing_else():
    data = json.loads(run("half-a-dictionary", "--json", "--set", "upload=none"))
    assert data["experiment"]["default_storage"] == "missing"
    assert data["experiment"]["upload"] == "none"


def test_the_list_names_knobs_and_experiments():
    text = run("--list")
    assert "static_url" in text
    assert "half-a-dictionary" in text


@pytest.mark.parametrize(
    "arguments", [["--set", "colour=red"], ["--set", "debug=maybe"], ["--set", "debug"], ["nobody"]]
)
def test_what_does_not_exist_ends_with_exit_code_2(arguments):
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)


def test_as_a_process_it_prints_json_alone_on_stdout_and_one_line_on_stderr_for_a_mistake():
    command = [sys.executable, "manage.py", "observe", "--json"]
    good = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["refused"] is None
    bad = subprocess.run([*command, "--set", "debug=maybe"], cwd=ROOT, capture_output=True, text=True)
    assert (bad.returncode, bad.stdout, bad.stderr.count("\n")) == (2, "", 1)
