"""One copy of starter/, released once, with the servers that its own files describe."""

import configparser
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from mysite.serving import ports
from tests.free_ports import free_port
from tests.starter.visitor import Visitor

STARTER = settings.BASE_DIR / "starter"
NAME = "example.com"  # of the site, in nginx.conf and .env.example
KEY = "a key for tests, of which nothing depends but that it has more than fifty letters"


@dataclass(frozen=True)
class Project:
    """A copy of starter/, and the variables in which release.sh runs: its `sudo` only notes what it was to do."""

    folder: Path
    env: Mapping[str, str]
    sudo_log: Path

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, cwd=self.folder, env=env or self.env, capture_output=True, text=True, timeout=120
        )

    def manage(self, *words: str) -> str:
        """What the command printed, with the settings of development. Fails the test when it failed."""
        ran = self.run(sys.executable, "manage.py", *words, env=clean())
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def release(self) -> "subprocess.CompletedProcess[str]":
        return self.run("sh", "release.sh")

    @property
    def processes(self) -> "configparser.SectionProxy":
        unit = configparser.ConfigParser(interpolation=None)
        unit.optionxform = str
        unit.read(self.folder / "starter.service")
        return unit["Service"]


def clean() -> dict[str, str]:
    """The environment without anything that this site's own settings read."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}


def production_variables() -> dict[str, str]:
    """What production needs, and nothing else."""
    return clean() | {"DJANGO_SETTINGS_MODULE": "config.settings.prod", "SECRET_KEY": KEY, "ALLOWED_HOSTS": NAME}


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory) -> Path:
    """What `startproject --template` makes of the archive: the project that every test here runs."""
    from guide import starter

    archive = tmp_path_factory.mktemp("archive") / "starter.zip"
    archive.write_bytes(starter.archive(STARTER))
    folder = tmp_path_factory.mktemp("album")
    command = [sys.executable, "-m", "django", "startproject", "--template", str(archive), "album", "."]
    made = subprocess.run(command, cwd=folder, env=clean(), capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def project(unpacked, tmp_path_factory) -> Project:
    """Released as a server would do it: `.env` filled in, then release.sh."""
    tools = tmp_path_factory.mktemp("bin")
    log = tools / "sudo.log"
    (tools / "sudo").write_text(f'#!/bin/sh\necho "$@" >> {shlex.quote(str(log))}\n')
    (tools / "sudo").chmod(0o755)
    example = (unpacked / ".env.example").read_text()
    example = re.sub(r"^DATABASE_URL=.*\n", "", example, flags=re.MULTILINE)  # no PostgreSQL here: SQLite
    (unpacked / ".env").write_text(example.replace("SECRET_KEY=\n", f'SECRET_KEY="{KEY}"\n', 1))
    env = clean() | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHON": sys.executable}
    project = Project(unpacked, env, log)
    released = project.release()
    assert released.returncode == 0, released.stdout + released.stderr
    for name in ("ann", "ben"):
        create = f"from django.contrib.auth.models import User; User.objects.create_user({name!r}, password='sea')"
        project.manage("shell", "-c", create)
    return project


@contextmanager
def serving(command: list[str], folder: Path, env: Mapping[str, str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server until the end of the block. Fails the test with what it printed when it does not answer."""
    log = folder / f"server-{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 60
        while ports.is_free(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def development(project) -> Iterator[Visitor]:
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", str(port)]
    with serving(command, project.folder, clean(), port):
        yield Visitor(f"http://127.0.0.1:{port}")


@contextmanager
def service(project: Project, folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The process that starter.service starts, with the variables of .env."""
    command = shlex.split(project.processes["ExecStart"].replace("127.0.0.1:8000", f"127.0.0.1:{port}"))
    assert command[0] == "/srv/starter/.venv/bin/gunicorn"
    command[:1] = [sys.executable, "-m", "gunicorn"]
    command[command.index("--workers") + 1] = "1"
    with serving(command, folder, production_variables(), port) as process:
        yield process


@pytest.fixture(scope="session")
def gunicorn(project) -> Iterator[int]:
    """The port of the service."""
    port = free_port()
    with service(project, project.folder, port):
        yield port


@pytest.fixture(scope="session")
def whitenoise(gunicorn) -> Visitor:
    """Production without nginx: a platform's proxy adds the header."""
    return Visitor(f"http://127.0.0.1:{gunicorn}", {"Host": NAME, "X-Forwarded-Proto": "https"}, scheme="https")


@pytest.fixture(scope="session")
def nginx(project, gunicorn, nginx_program, tmp_path_factory) -> Iterator[Visitor]:
    """Production behind nginx.conf itself: only folders, ports and the name of gunicorn's machine differ."""
    folder = tmp_path_factory.mktemp("nginx")
    plain, https = free_port(2), free_port(2) + 1
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"),
            *("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
    )
    site = (project.folder / "nginx.conf").read_text()
    for old, new in {
        "/srv/starter/": f"{project.folder}/",
        "/etc/nginx/tls/": f"{folder}/",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{gunicorn};",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{https} ssl;",
    }.items():
        assert old in site, old
        site = site.replace(old, new)
    (folder / "starter.conf").write_text(site)
    kinds = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; include {folder}/mime.types; {kinds} include {folder}/starter.conf; }}\n"
    )
    (folder / "mime.types").write_text("types { text/css css; image/webp webp; image/svg+xml svg; text/html html; }\n")
    command = [nginx_program, "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with serving(command, folder, clean(), https):
        yield Visitor(f"https://127.0.0.1:{https}", {"Host": NAME}, plain=f"http://127.0.0.1:{plain}")
