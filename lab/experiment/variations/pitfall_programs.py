"""Small programs that a mini-project carries where a request alone does not spring the trap."""

SLOW_UPLOADS = '''\
"""Two uploads stop halfway, and a visitor asks for the page meanwhile: gunicorn with two workers, of either kind."""

import contextlib
import socket
import subprocess
import sys
import time

UPLOAD = (
    "POST /upload/ HTTP/1.1\\r\\nHost: localhost\\r\\nCookie: csrftoken=" + 32 * "t" + "\\r\\n"
    "Content-Type: multipart/form-data; boundary=b\\r\\nContent-Length: 1000000\\r\\n\\r\\n--b\\r\\n"
)
PAGE = "GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n"


def send(address, text):
    """A connection on which `text` has been sent; as long as the server starts, try again."""
    for _ in range(500):
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            time.sleep(0.01)
        else:
            connection.sendall(text.encode())
            return connection
    raise TimeoutError(address)


def page(address, seconds=5.0):
    """The status with which the page comes, if it does so in time."""
    with send(address, PAGE) as connection:
        connection.settimeout(seconds)
        try:
            return connection.recv(12)[9:].decode()
        except TimeoutError:
            return "no answer"


def start(address, *options):
    command = ["gunicorn", "--workers", "2", *options, "--bind", f"unix:{address}", "--no-control-socket", "--preload"]
    return subprocess.Popen([sys.executable, "-m", *command, "project.wsgi"], stderr=subprocess.DEVNULL)


servers = {"sync": start("sync.socket"), "gthread": start("gthread.socket", "--threads", "4")}
for name in servers:
    print(name, "nobody else is there:", page(f"{name}.socket"))
    with contextlib.ExitStack() as uploads:
        for _ in range(2):
            uploads.enter_context(send(f"{name}.socket", UPLOAD))
        print(name, "two uploads have stopped halfway:", page(f"{name}.socket", 0.5 if name == "sync" else 5.0))
    print(name, "they have given up:", page(f"{name}.socket"))
for server in servers.values():
    server.terminate()  # which takes it a moment longer
'''

CONTROL_SOCKET = '''\
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
'''

WRITTEN_TWICE = '''\
"""settings.py is written twice within one second, with the same size: which one does Django get?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SETTINGS = Path("project/settings.py")
BEFORE = SETTINGS.read_text(encoding="utf-8")


def write(url, date):
    SETTINGS.write_text(BEFORE.replace('STATIC_URL = "/static/"', f'STATIC_URL = "{url}"'), encoding="utf-8")
    os.utime(SETTINGS, (date, date))


def read(variables):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "manage.py", "diffsettings"]
    printed = subprocess.run(command, env={**environment, **variables}, capture_output=True, text=True).stdout
    return next(line for line in printed.splitlines() if line.startswith("STATIC_URL"))


for title, variables in (("by default", {}), ("with PYTHONDONTWRITEBYTECODE", {"PYTHONDONTWRITEBYTECODE": "1"})):
    for url, date in (("/one/", 1704067200.1), ("/two/", 1704067200.9)):  # two moments of the same second
        write(url, date)
        print(f"{title}, {url} is written:", read(variables))
    shutil.rmtree("project/__pycache__", ignore_errors=True)
SETTINGS.write_text(BEFORE, encoding="utf-8")
'''

TINY_PICTURE = '''\
"""A picture of 28 bytes meets the upload form, and then a thumbnailer as tutorials write it."""

import resource
import sys
import warnings
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from project.forms import UploadForm

warnings.simplefilter("ignore")  # Pillow's, of a large picture


def webp(side):
    """A complete WebP without loss, of one colour: its five codes have one symbol each, so a pixel takes no bit."""
    data = 0x2F | (side - 1) << 8 | (side - 1) << 22 | 0x88888 << 40
    return b"RIFF\\x14\\0\\0\\0WEBPVP8L\\x08\\0\\0\\0" + data.to_bytes(8, "little")


def peak():
    """The most memory that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


for side in (4_000, 10_000):
    content = webp(side)
    form = UploadForm({}, {"image": SimpleUploadedFile("tiny.webp", content, "image/webp")})
    print(f"{side * side // 1_000_000} MP in {len(content)} bytes:", "accepted" if form.is_valid() else "refused")

before = peak()
picture = Image.open(BytesIO(webp(4_000)))
picture.thumbnail((320, 320))
print("a thumbnail of the first one takes more than", (peak() - before) // 100_000_000 * 100, "MB")
'''
