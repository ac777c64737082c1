"""The runserver of an experiment and a real runserver process give the same answers, header for header."""

import io
import os
import socket
import subprocess
import sys
import threading

import pytest

from lab.experiment import Experiment
from lab.observation.normalise import Normaliser
from lab.probe import gunicorn_hooks
from lab.probe.client import Client
from lab.probe.journal import Journal
from lab.probe.observe import write_project
from lab.probe.server import NotAnswered
from lab.probe.server_process import SocketServer, free_port, wait_until_listening
from lab.probe.trace import TraceFile
from lab.project.files import collect_command, project_files
from lab.project.plan import experiment_plan

SPREAD = [
    {"upload": "png"},
    {"debug": "off", "whitenoise": "before-security", "storage": "manifest", "collect": "yes", "upload": "svg"},
    {"server": "runserver-nostatic", "whitenoise": "last", "login_gate": "below", "static_url": "/assets/"},
    {"server": "runserver-insecure", "debug": "off", "default_storage": "missing", "upload": "png"},
    {"reference": "missing", "media_root": "unset", "upload": "png", "finders": "dirs", "css": "bad-url"},
]


@pytest.mark.parametrize("knobs", SPREAD, ids=lambda knobs: "+".join(knobs.values()).replace("/", ""))
def test_an_experiments_runserver_answers_as_a_real_runserver_process_does(observe, tmp_path, knobs):
    experiment = Experiment(**knobs)
    project = tmp_path / "project"
    files = project_files(experiment)
    write_project(files, project)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if experiment.collect == "yes":
        command = [sys.executable, *collect_command(experiment)]
        subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    port = free_port()
    option = experiment.server.removeprefix("runserver")
    options = [f"-{option}"] if option else []
    command = [sys.executable, "manage.py", "runserver", "--noreload", str(port), *options]
    log = tmp_path / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=project, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            server = SocketServer(port, TraceFile(tmp_path / "trace"))
            wait_until_listening(server, lambda: process.poll() is None, log)
            observed = observe(**knobs)
            admin_css = observed.request("admin-css")
            static = {"admin/css/base.css": admin_css.url if admin_css else None}
            journal = Journal()
            client = Client(server, journal, Normaliser(project), static, ours=True)
            for request in experiment_plan(experiment)[-1].entries:
                client.make(request)
        finally:
            process.kill()
    assert [_answer(step) for step in journal.steps] == [_answer(step) for step in observed.requests]


def _answer(step):
    return (step.label, step.method, step.url, step.status, step.headers, step.bytes, step.sha256, step.excerpt)


def test_what_nobody_has_read_of_a_body_is_read_before_gunicorn_closes_the_connection():
    body = io.BytesIO(b"a" * 200_000)
    gunicorn_hooks.post_request(None, None, {"wsgi.input": body}, None)
    assert body.read() == b""


def test_a_server_that_closes_the_connection_has_not_answered(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = SocketServer(listening.getsockname()[1], TraceFile(tmp_path / "trace"))
        thread = threading.Thread(target=lambda: listening.accept()[0].close())
        thread.start()
        with pytest.raises(NotAnswered, match="closed without an answer"):
            server.exchange(b"GET / HTTP/1.1\r\n\r\n")
        thread.join()


def test_a_server_that_says_nothing_has_not_answered_in_time(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = SocketServer(listening.getsockname()[1], TraceFile(tmp_path / "trace"))
        with pytest.raises(NotAnswered, match="within"):
            server.exchange(b"GET / HTTP/1.1\r\n\r\n", seconds=0.05)
