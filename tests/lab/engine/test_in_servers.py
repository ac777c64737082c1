"""The lab inside each server that this site may run in: it works, and it ends with its server."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lab.probe.server_process import free_port
from lab.process.call import ROOT
from tests.lab.processes import eventually, marked

BIN = Path(sys.executable).parent
SERVERS = {
    "runserver": [sys.executable, "manage.py", "runserver", "{port}"],  # with its autoreloader
    "gunicorn": [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "-w",
        "2",
        "-b",
        "127.0.0.1:{port}",
        "mysite.wsgi",
    ],
    "uvicorn": [sys.executable, "-m", "uvicorn", "--port", "{port}", "mysite.asgi:application"],
    "granian": [
        *(str(BIN / "granian"), "--interface", "wsgi", "--port", "{port}", "--blocking-threads", "8"),
        "mysite.wsgi:application",
    ],
}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("name", SERVERS)
def test_the_lab_works_inside_this_server_and_leaves_nothing_when_the_server_is_killed(name):
    port = free_port()
    command = [part.format(port=port) for part in SERVERS[name]]
    with tempfile.TemporaryDirectory(prefix="lab-", dir="/tmp") as place:
        environment = {
            **{variable: value for variable, value in os.environ.items() if variable != "PYTEST_CURRENT_TEST"},
            "DJANGO_SETTINGS_MODULE": "tests.lab.settings",
            "LAB_TEST_CACHE": f"{place}/cache",
            "TMPDIR": place,
        }
        with (
            Path(place, "log").open("wb") as log,
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            ) as site,
        ):
            try:
                assert eventually(lambda: _answers(port), 30), Path(place, "log").read_text()
                queries = [
                    f"layout={layout}&upload={kind}" for layout in ("flat", "namespaced") for kind in ("png", "svg")
                ]
                with ThreadPoolExecutor(4) as pool:
                    observations = list(pool.map(lambda query: _get(port, f"/lab.json?{query}"), queries))
                assert [observation["refused"] for observation in observations] == [None] * 4
                assert any("fork_server" in line for line in marked(place).values())
            finally:
                os.killpg(site.pid, signal.SIGKILL)
        assert eventually(lambda: not marked(place), 5), marked(place)
        assert list(Path(place).glob("static-media-lab-*/run-*")) == []


def _answers(port: int) -> bool:
    try:
        return _get(port, "/lab.json") is not None
    except (urllib.error.URLError, ConnectionError):
        return False


def _get(port: int, path: str):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
        return json.loads(response.read())
