"""gunicorn is started twice, each time with an empty home folder: what lies there while it runs?"""

import os
import stat
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path


def start(home, *options):
    environment = {**os.environ, "HOME": home}
    environment.pop("XDG_RUNTIME_DIR", None)  # where it is set, the socket lies there
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"unix:{home}/web", "project.wsgi"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def wait_for(words, server):
    """Until gunicorn logs these words."""
    for line in server.stderr:
        if words in line:
            return


def sockets(home):
    found = [path for path in Path(home).rglob("*") if path.is_socket() and path.name != "web"]
    return [f"{stat.filemode(path.stat().st_mode)} ~/{path.relative_to(home)}" for path in found] or ["nothing"]


folder = partial(tempfile.TemporaryDirectory, dir=".", ignore_cleanup_errors=True)
with folder() as plain, folder() as without:
    first = start(without, "--no-control-socket")
    wait_for("Booting worker", first)
    second = start(plain)
    wait_for("Control socket listening", second)  # by now the first would have one, too
    print("gunicorn --no-control-socket:", *sockets(without))
    print("gunicorn:", *sockets(plain))
    for server in (first, second):
        server.terminate()  # which takes it a moment longer
