"""What deploy/compose.yaml starts in containers, as plain processes: PostgreSQL, an S3 server, nginx."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from mysite.serving import nginx, ports
from mysite.serving.children import Child
from tests.free_ports import free_port

PATIENCE = 60  # seconds for a start; these machines do other things too


def wait_for(port, child, lines):
    end = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection((ports.HOST, port), timeout=1):
            return
        if child.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"Nothing answers on port {port}:\n" + "\n".join(lines))
        time.sleep(0.05)


# PostgreSQL


def as_somebody_else():
    """PostgreSQL refuses to run as root, so root runs it as the user that its package made."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


class PostgreSQL:
    """A cluster of its own in a temporary folder, on a loopback port and a Unix socket, behind a password."""

    def __init__(self, programs):
        """`programs` is the folder with initdb and postgres."""
        prefix = as_somebody_else()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # pytest's own is closed to others
        self.port = free_port()
        self.password = secrets.token_urlsafe(12) + "/@:%"  # as a careful administrator's may be
        secret = self.folder / "password"
        secret.write_text(self.password)
        if prefix:
            for path in (self.folder, secret):
                shutil.chown(path, "postgres", "postgres")
        data = self.folder / "data"
        initdb = [str(programs / "initdb"), "--pgdata", str(data), "--username=site", f"--pwfile={secret}", "--no-sync"]
        initdb += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        subprocess.run([*prefix, *initdb], check=True, capture_output=True, cwd=self.folder)
        server = [str(programs / "postgres"), "-D", str(data), "-p", str(self.port), "-h", ports.HOST]
        server += ["-k", str(self.folder)]
        # Nobody cuts this machine's power, and the tests are about the site: the disk need not be waited for.
        server += ["-c", "fsync=off", "-c", "shared_buffers=32MB"]
        self.command = [*prefix, *server]
        self.lines = []
        self.start()

    def start(self):
        self.child = Child(self.command, cwd=self.folder, env=os.environ, write=self.lines.append)
        wait_for(self.port, self.child, self.lines)
        self._wait_until_it_lets_somebody_in()

    def _wait_until_it_lets_somebody_in(self):
        """It listens a moment before."""
        import psycopg

        end = time.monotonic() + PATIENCE
        while True:
            try:
                return psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def url(self, name, host=None):
        place = quote(str(host), safe="") if host else ports.HOST
        return f"postgres://site:{quote(self.password, safe='')}@{place}:{self.port}/{name}"

    def new_database(self):
        """The URL of an empty one."""
        import psycopg

        name = f"site_{secrets.token_hex(4)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def stop(self):
        self.pause()
        shutil.rmtree(self.folder, ignore_errors=True)

    def pause(self):
        """What is stored stays, for the next start."""
        with contextlib.suppress(OSError, ValueError):
            number = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(number, signal.SIGINT)  # ends its connections; the TERM that Child sends would wait for them
        self.child.stop()


# S3


class S3:
    """moto's server: S3's HTTP, objects in memory."""

    def __init__(self):
        self.port = free_port()
        self.lines = []
        self.child = Child(
            [sys.executable, "-m", "moto.server", "-H", ports.HOST, "-p", str(self.port)],
            cwd=Path(tempfile.gettempdir()),
            env={**os.environ, "MOTO_CORS": ""},
            write=self.lines.append,
        )
        wait_for(self.port, self.child, self.lines)

    @property
    def endpoint(self):
        return f"http://{ports.HOST}:{self.port}"

    def stop(self):
        self.child.stop()


# nginx


class Nginx:
    """deploy/nginx.conf in front of several sites."""

    def __init__(self, folder, conf):
        program = nginx.find()
        assert program is not None
        path = folder / "nginx.conf"
        path.write_text(conf)
        self.lines = []
        self.child = Child(nginx.command(program, path), cwd=folder, env=os.environ, write=self.lines.append)

    def stop(self):
        self.child.stop()
