"""A project that does not start is a result, and comes quickly: it is what a learner's project is most of the time."""

import time

import pytest

from lab.checker.observe_folder import FolderResult
from lab.experiment import Experiment
from lab.experiment.plan import parse
from lab.probe.observe import write_project
from lab.probe.server_process import START_SECONDS
from lab.process.job import FolderJob
from lab.process.message import decode
from lab.project.files import project_files
from mysite.serving import nginx

SERVE = [{"serve": "production", "requests": [{"label": "page", "get": "/"}]}]


def _performed(runner, folder, changes, steps=SERVE):
    write_project({**project_files(Experiment(debug="off", whitenoise="after-security")), **changes}, folder)
    return decode(FolderResult, runner.perform(FolderJob(str(folder), parse(steps)), 20.0))


@pytest.mark.parametrize("server", ["production", "uvicorn"])
def test_a_settings_file_that_python_cannot_read_is_named_with_its_line(runner, tmp_path, server):
    began = time.monotonic()
    steps = [{**SERVE[0], "serve": server}]
    done = _performed(runner, tmp_path / "broken", {"project/settings.py": "DEBUG = \n"}, steps)
    assert done.observation.refused.type == "SyntaxError"
    assert "settings.py, line 1" in done.observation.refused.message
    assert time.monotonic() - began < START_SECONDS / 2


def test_a_wsgi_file_that_fails_is_why_the_server_did_not_start(runner, tmp_path):
    done = _performed(runner, tmp_path / "broken", {"project/wsgi.py": "import no_such_module\n"})
    assert done.trouble == ("The server did not start. ModuleNotFoundError: No module named 'no_such_module'")
    assert done.facts == {}


def test_a_server_that_starts_after_another_one_in_the_same_project_is_waited_for(runner, tmp_path):
    slowly = "import time\n\ntime.sleep(0.3)\n" + project_files(Experiment())["project/urls.py"]
    done = _performed(
        runner,
        tmp_path / "slow",
        {"project/urls.py": slowly},
        [*SERVE, {"serve": "production", "requests": [{"label": "again", "get": "/login/"}]}],
    )
    assert [done.facts[label]["status"] for label in ("page", "again")] == [200, 200]


@pytest.mark.skipif(nginx.find() is None, reason="nginx is not installed here")
def test_nginx_starts_a_second_time_in_the_same_project(runner, tmp_path):
    conf = """events {}
http { server { listen 127.0.0.1:8080; location / { proxy_pass http://127.0.0.1:8000; } } }
"""
    steps = [{"serve": "nginx", "requests": [{"label": label, "get": "/login/"}]} for label in ("first", "again")]
    done = _performed(runner, tmp_path / "twice", {"nginx.conf": conf}, steps)
    assert [done.facts[label]["status"] for label in ("first", "again")] == [200, 200]


def test_a_link_among_the_collected_files_that_leads_nowhere_is_passed_over(runner, tmp_path):
    steps = [
        {"run": "manage.py collectstatic --noinput --link --ignore admin", "label": "linked"},
        {"delete": "app1/static/app.css"},
    ]
    done = _performed(runner, tmp_path / "links", {}, steps)
    assert done.facts["linked"]["exit"] == 0
    assert done.observation.static_root == ()
