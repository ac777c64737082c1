"""A production server of one's own, to load, to kill and to fill its disk; with a visitor who talks HTTP to it."""

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid

from mysite.serving import ports, sidebyside
from tests.free_ports import free_port
from tests.sites import ROOT, own_data


class Server:
    """granian as `manage.py sidebyside` runs it, on a database and folders below `folder`."""

    def __init__(self, folder, static_root, **extra):
        self.folder = folder
        self.media_root = folder / "uploads"
        self.port = free_port()
        self.log = folder / "server.log"
        self.environ = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ},
            **own_data(folder, static_root),
            "DJANGO_SETTINGS_MODULE": "mysite.settings.prod",
            "ALLOWED_HOSTS": "127.0.0.1",
            "LOCAL_HTTP": "1",
            "PYTHONPATH": str(ROOT),
            **extra,
        }
        self.process = None
        self.manage("migrate", "--verbosity", "0")

    def manage(self, *arguments, check=True):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=check)

    def start(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, *sidebyside.granian(self.port)],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + 30
        while not ports.answers(self.port):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def kill(self):
        """All of it at once and without warning, as when the power fails."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def photos(self):
        """Every row: its number, its file and its size."""
        rows = "[[photo.pk, photo.file_names()] for photo in Photo.objects.all()]"
        code = f"from gallery.models import Photo; import json; print(json.dumps({rows}))"
        return dict(json.loads(self.manage("shell", "-c", code).stdout.splitlines()[-1]))


class Visitor:
    """One session: cookies and the token of the form."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.token = ""

    def get(self, path):
        return self._request("GET", path)

    def open_form(self):
        status, _headers, body = self.get("/gallery/upload/")
        assert status == 200
        self.token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1].decode()

    def upload(self, *photos, private=False):
        """Status and JSON of the answer. `photos` are pairs of name and content."""
        body, boundary = multipart(self.token, photos, private)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Accept": "application/json"}
        status, _headers, answer = self._request("POST", "/gallery/upload/", body, headers)
        return status, json.loads(answer)

    def _request(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {**dict(headers), "Cookie": cookies})
            response = connection.getresponse()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()


def multipart(token, photos, private=False):
    boundary = uuid.uuid4().hex
    fields = [("csrfmiddlewaretoken", token), *([("private", "on")] if private else [])]
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, content in photos:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="{name}"\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), boundary
