"""A folder that somebody has written: what is copied of it, and what can be asked of each kind of step."""

import os
import subprocess
import sys

import pytest

from lab.checker import observe_folder as folder_module
from lab.checker.observe_folder import FolderRefused, FolderResult, copy
from lab.experiment.plan import parse
from lab.probe.django_setup import PRINTED_CHARACTERS, Printed
from lab.process.call import ROOT
from lab.process.job import FolderJob
from lab.process.message import decode
from lab.process.runner import ExperimentFailed
from workshop.skeleton import MANAGE, PAGE, SERVER, SETTINGS, URLS

SERVE = {
    "serve": "runserver",
    "requests": [{"label": "page", "get": "/"}, {"label": "css", "get": "{page.stylesheet}"}],
}


@pytest.fixture
def project(tmp_path):
    """A small project, as `workshop new` makes it."""
    files = {
        "manage.py": MANAGE,
        "project/__init__.py": "",
        "project/settings.py": SETTINGS,
        "project/urls.py": URLS,
        "project/wsgi.py": SERVER.format(kind="wsgi"),
        "project/asgi.py": SERVER.format(kind="asgi"),
        "static/page.css": "h1 { color: teal; }\n",
        "templates/page.html": PAGE,
    }
    for path, text in files.items():
        (tmp_path / "mine" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / path).write_text(text)
    return tmp_path / "mine"


@pytest.fixture
def carried_out(runner, project):
    """carried_out(step, …): what comes of the plan."""
    return lambda *steps: decode(FolderResult, runner.perform(FolderJob(str(project), parse(steps)), 20.0))


def append(project, text, path="project/settings.py"):
    with (project / path).open("a") as file:
        file.write("\n" + text + "\n")


# What is copied


def copied(project, place):
    copy(project, place)
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "project"])
def test_a_link_out_of_the_folder_or_to_a_folder_is_refused_by_its_name(project, tmp_path, target):
    (project / "linked").symlink_to(target)
    with pytest.raises(FolderRefused, match=r"^linked is a link that leads out of the folder"):
        copy(project, tmp_path / "run")


def test_a_link_to_a_file_of_the_folder_is_that_file_and_one_to_nothing_is_none(project, tmp_path):
    (project / "again.py").symlink_to("manage.py")
    (project / "nothing").symlink_to("nowhere")
    (project / "circle").symlink_to("circle")
    (project / "staticfiles").mkdir()
    (project / "staticfiles/linked.css").symlink_to("/etc/passwd")  # as `collectstatic --link` leaves it
    os.mkfifo(project / "pipe")
    paths = copied(project, tmp_path / "run")
    assert {"manage.py", "again.py"} <= set(paths)
    assert not [path for path in paths if path.startswith(("nothing", "circle", "pipe", "staticfiles"))]


def test_what_belongs_to_tools_is_left_behind(project, tmp_path):
    for name in (".git/config", ".venv/lib/a.py", "node_modules/a/b.js", "project/__pycache__/a.pyc"):
        (project / name).parent.mkdir(parents=True)
        (project / name).write_text("x")
    paths = copied(project, tmp_path / "run")
    assert not [path for path in paths if path.startswith((".git", ".venv", "node_modules")) or "__pycache__" in path]


@pytest.mark.parametrize(("limit", "value"), [("FILES", 3), ("BYTES", 100)])
def test_a_folder_that_is_too_large_is_refused_in_a_sentence(project, tmp_path, monkeypatch, limit, value):
    monkeypatch.setattr(folder_module, limit, value)
    with pytest.raises(FolderRefused, match=r"The folder holds more than .* Move what does not belong"):
        copied(project, tmp_path / "run")


def test_a_check_leaves_the_learners_folder_as_it_is(project, carried_out):
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    carried_out({"write": "new.txt", "text": "x"}, {"run": "manage.py collectstatic --noinput", "label": "c"}, SERVE)
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before


# What can be asked


def test_a_command_gives_its_exit_code_its_output_and_its_exception(carried_out):
    facts = carried_out(
        {"run": "manage.py findstatic page.css", "label": "good"},
        {"run": "manage.py check --tag nonsense", "label": "bad"},
    ).facts
    assert facts["good"]["exit"] == 0
    assert "static/page.css" in facts["good"]["output"]
    assert facts["good"]["error"] is None
    assert facts["bad"]["exit"] == 1
    assert 'no system check with the "nonsense" tag' in facts["bad"]["output"]
    assert facts["bad"]["error"] == "CommandError"


def test_a_commands_environment_is_its_own(project, carried_out):
    append(project, "import os\nSTATIC_URL = os.environ.get('WHERE', '/static/')")
    done = carried_out(
        {"run": "manage.py diffsettings", "label": "here", "environment": {"WHERE": "/there/"}},
        {**SERVE, "environment": {"WHERE": "/elsewhere/"}},
    )
    assert "/there/" in done.facts["here"]["output"]
    assert done.facts["css"]["url"] == "/elsewhere/page.css"


def test_a_deploy_runs_its_lines_until_one_fails(project, carried_out):
    (project / "deploy.sh").write_text(
        "# a comment\npython manage.py check\npython manage.py nonsense\npython manage.py collectstatic --noinput\n"
    )
    done = carried_out({"deploy": "deploy.sh", "label": "first"})
    assert [step.argv[2] for step in done.observation.steps] == ["check", "nonsense"]
    assert done.facts["first"]["exit"] == 1
    assert "no issues" in done.facts["first"]["output"]


DEPLOY_AS_WRITTEN = """#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")"
PYTHON=.venv/bin/python
ROOT=staticfiles
mkdir -p "$ROOT" && rm -rf "${ROOT}"/*
$PYTHON manage.py nonsense > /dev/null 2>&1 || true
DEBUG=0 ./manage.py collectstatic \\
    --noinput  # and nothing else
"""


def test_a_deploy_is_read_as_people_write_it(project, carried_out):
    (project / "deploy.sh").write_text(DEPLOY_AS_WRITTEN)
    (project / "staticfiles").mkdir()
    (project / "staticfiles/old.css").write_text("")
    done = carried_out({"deploy": "deploy.sh", "label": "first"}, {"look": "staticfiles/**", "label": "left"})
    assert [step.argv[:2] for step in done.observation.steps] == [
        ("mkdir", "-p"),
        ("rm", "-rf"),
        ("python", "manage.py"),
        ("python", "manage.py"),
    ]
    assert done.facts["first"]["exit"] == 0
    assert "old.css" not in done.facts["left"]["names"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("curl http://example.com", "The check cannot run curl: of a deploy it knows manage.py"),
        ("rm -rf /", "below the project's folder only, and / is not there"),
        ("rm -rf ../other", "below the project's folder only"),
        ("rm -rf $ROOT", "does not know $ROOT"),
        ("python -c 'import os'", "Of Python, the check runs manage.py and nothing else."),
        ("python manage.py check | tail", "does not understand '|'"),
        ("python manage.py check --tag $(cat tag)", "runs no command inside another one"),
        ("python 'manage.py", "No closing quotation"),
    ],
)
def test_what_a_deploy_cannot_mean_here_is_refused_with_its_line_and_the_reason(project, carried_out, line, why):
    (project / "deploy.sh").write_text(f"#!/bin/sh\npython manage.py check\n{line}\n")
    done = carried_out({"deploy": "deploy.sh", "label": "first"})
    assert done.facts["first"]["exit"] == 2
    assert done.facts["first"]["output"].startswith(f"deploy.sh, line 3: {line}\n")
    assert why in done.facts["first"]["output"]


@pytest.mark.parametrize(
    ("path", "old", "new", "where"),
    [
        ("project/urls.py", "from", "form", "project/urls.py, line"),
        ("project/settings.py", "DEBUG = True", "DEBUG = Tru", "project/settings.py, line"),
    ],
)
def test_what_does_not_start_names_the_file_and_the_line_that_are_to_blame(project, carried_out, path, old, new, where):
    file = project / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    assert carried_out(SERVE).observation.refused.where.startswith(where)


def test_a_deploy_without_its_file_is_a_trouble_and_no_fact(carried_out):
    done = carried_out({"deploy": "deploy.sh", "label": "first"})
    assert (done.trouble, done.facts) == ("deploy.sh is not there, or is not text.", {})


def test_files_are_written_extended_replaced_deleted_hidden_and_shown(carried_out):
    everything = {"look": "**", "label": "end", "find": ["red", "blue", "teal"]}
    facts = carried_out(
        {"write": "static/new.css", "text": "a { color: blue }"},
        {"append": "static/page.css", "text": "b { color: red }"},
        {"replace": "static/page.css", "old": "teal", "new": "tan"},
        {"prepend": "static/page.css", "text": "/* gold */ "},
        {"look": "static/page.css", "label": "page", "find": ["/* gold */ ", "tan"]},
        {"hide": "static"},
        {"look": "static/**", "label": "hidden"},
        {"show": "static"},
        {"look": "static/**", "label": "shown"},
        {"delete": "templates"},
        {"look": "templates/**", "label": "deleted"},
        everything,
    ).facts
    assert facts["hidden"]["count"] == 0
    assert facts["hidden"]["names"] is None
    assert facts["page"]["found"] == "/* gold */ , tan"
    assert facts["shown"]["names"] == "static/new.css, static/page.css"
    assert facts["deleted"]["count"] == 0
    assert facts["end"]["found"] == "red, blue"


def test_what_is_written_is_younger_than_what_was_collected(carried_out):
    collect = "manage.py collectstatic --noinput"
    done = carried_out(
        {"run": collect, "label": "one"},
        {"run": collect, "label": "two"},
        {"write": "static/page.css", "text": "h1 {}"},
        {"run": collect, "label": "three"},
    )
    assert [done.facts[label]["output"].split()[0] for label in ("one", "two", "three")] == ["1", "0", "1"]


def test_a_look_tells_pictures_from_what_is_called_so(project, carried_out, runner):
    from lab.uploads.samples import sample

    (project / "uploads").mkdir()
    for name in ("gps.jpg", "photo.png", "page.png"):
        (project / "uploads" / name).write_bytes(sample(name))
        (project / "uploads" / name).chmod(0o600)
    facts = carried_out(
        {"look": "uploads/**", "label": "all", "find": ["<script>"]},
        {"look": "uploads/*.jpg", "label": "jpeg"},
        {"look": "uploads/photo.png", "label": "png"},
    ).facts
    assert facts["all"]["kinds"] == "JPEG, other, PNG"
    assert facts["all"]["found"] == "<script>"
    assert facts["jpeg"]["gps"] == "yes"
    assert (facts["png"]["gps"], facts["png"]["sizes"], facts["png"]["count"]) == ("no", "48x32", 1)


def test_a_request_gives_status_headers_body_and_who_answered(carried_out):
    facts = carried_out(SERVE).facts
    assert facts["page"]["status"] == 200
    assert "<h1>A page</h1>" in facts["page"]["body"]
    assert facts["page"]["answered_by"] == "view"
    assert facts["page"]["header.content-type"] == "text/html; charset=utf-8"
    assert (facts["css"]["url"], facts["css"]["answered_by"]) == ("/static/page.css", "static-handler")
    assert facts["css"]["bytes"] == len("h1 { color: teal; }\n")
    assert facts["css"]["from"] == "network"


def test_an_address_that_cannot_be_made_is_a_fact_with_a_reason(carried_out):
    done = carried_out(
        {"serve": "runserver", "requests": [*SERVE["requests"], {"label": "js", "get": "{page.script}"}]}
    )
    assert done.facts["js"]["why"] == "The answer 'page' (status 200) names no script."
    assert done.observation.steps[-1].status is None


def test_what_is_on_another_host_is_not_asked(carried_out):
    done = carried_out({"serve": "runserver", "requests": [{"label": "cdn", "get": "https://cdn.example/a.css"}]})
    assert done.facts["cdn"]["why"] == "It is on another host, which is not asked."


def test_a_cache_is_the_same_for_the_whole_plan_and_time_passes_when_asked(carried_out):
    visit = {"get": "/static/page.css", "cache": "browser"}
    done = carried_out(
        {"serve": "runserver", "requests": [{"label": "one", **visit}, {"label": "two", **visit}]},
        {"wait": 10 * 365 * 86400},
        {"serve": "runserver", "requests": [{"label": "three", **visit}]},
    )
    assert [done.facts[label]["from"] for label in ("one", "two", "three")] == ["network", "browser", "network"]


# What goes wrong


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("def x(:", "SyntaxError"),
        ("import nowhere", "ModuleNotFoundError"),
        ("INSTALLED_APPS = 5", "ImproperlyConfigured"),
        ("x = 'a' * (4 << 30)", "MemoryError"),
        ("def f(): f()\nf()", "RecursionError"),
        ("STATICFILES_DIRS = [STATIC_ROOT]", "SystemCheckError"),
    ],
)
def test_a_project_that_does_not_start_says_why(project, carried_out, text, fault):
    append(project, text)
    assert carried_out(SERVE).observation.refused.type == fault


def test_a_binary_settings_file_is_a_syntax_error(project, carried_out):
    (project / "project/settings.py").write_bytes(bytes(range(256)) * 4)
    assert carried_out(SERVE).observation.refused.type in ("SyntaxError", "ValueError")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import os; os._exit(3)", "It ended with exit code 3."),
        ("import os; os._exit(0)", "It ended with exit code 0."),
        ("import os; os.kill(os.getpid(), 9)", "It was ended by signal 9."),
    ],
)
def test_a_project_that_ends_its_process_is_told_so(project, carried_out, text, said):
    append(project, text)
    assert carried_out(SERVE).trouble == f"The process of the server ended by itself. {said}"


def test_a_deleted_manage_py_is_a_trouble_with_advice(project, carried_out):
    (project / "manage.py").unlink()
    assert carried_out(SERVE).trouble == "manage.py is not there. Bring it back, or reset the exercise."


def test_an_endless_loop_is_ended(project, runner):
    append(project, "while True: pass")
    with pytest.raises(ExperimentFailed, match="too long"):
        runner.perform(FolderJob(str(project), parse([SERVE])), 0.5)


BOMB = """
import os, resource, signal, time
from lab.process import sandbox
sandbox.FURTHER_PROCESSES = 20
if os.getuid() == 0:
    os.setuid(65534)  # root is not limited
sandbox.limit_processes()
children = []
try:
    while len(children) < 100:
        child = os.fork()
        if child == 0:
            time.sleep(20)
            os._exit(0)
        children.append(child)
except BlockingIOError:
    print("refused")
for child in children:
    os.kill(child, signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts what runs in /proc")
def test_a_fork_bomb_ends_at_its_limit():
    done = subprocess.run([sys.executable, "-c", BOMB], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_a_command_that_prints_without_end_keeps_what_came_first(project, carried_out):
    append(project, "print('x' * (300 << 20))")
    done = carried_out({"run": "manage.py check", "label": "check"})
    assert done.facts["check"]["exit"] == 0
    assert len(done.facts["check"]["output"]) < 2 * PRINTED_CHARACTERS
    assert "characters more" in done.facts["check"]["output"]


def test_what_is_printed_within_the_limit_is_whole():
    printed = Printed()
    printed.write("a" * PRINTED_CHARACTERS)
    assert printed.getvalue() == "a" * PRINTED_CHARACTERS
    assert printed.write("bc") == 2
    assert printed.getvalue().endswith("a\n… and 2 characters more\n")


def test_a_view_is_named_and_the_first_request_of_a_second_server_is_not_credited_with_the_first_ones_path(carried_out):
    done = carried_out(
        {"serve": "production", "requests": [{"label": "page", "get": "/"}]},
        {"serve": "production", "requests": [{"label": "lost", "get": "/nowhere/"}]},
    )
    page, lost = done.observation.requests
    assert [entry.component for entry in page.trace if entry.component.startswith("view ")] == [
        "view django.views.generic.base.TemplateView"
    ]
    assert not [entry for entry in lost.trace if entry.component.startswith("view ")]


def test_a_template_names_the_line_to_blame_with_debug_on_and_off(project, carried_out):
    page = project / "templates/page.html"
    page.write_text("<p>\n{% nonsense %}\n")
    assert carried_out(SERVE).observation.requests[0].error.where == "templates/page.html, line 2: {% nonsense %}"
    append(project, "DEBUG = False\nALLOWED_HOSTS = ['*']")
    assert carried_out(SERVE).observation.requests[0].error.where == "templates/page.html, line 2: {% nonsense %}"
