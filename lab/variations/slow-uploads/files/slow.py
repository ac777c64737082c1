"""Two uploads stop halfway, and a visitor asks for the page meanwhile: gunicorn with two workers, of either kind."""

import contextlib
import socket
import subprocess
import sys
import time

UPLOAD = (
    "POST /upload/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + 32 * "t" + "\r\n"
    "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n"
)
PAGE = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


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
