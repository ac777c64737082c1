"""An S3 server on which nothing can be relied: it refuses, stalls, hangs up, answers half or with a status."""

import contextlib
import socket
import struct
import threading
import time

from mysite.serving import ports

REASONS = {403: "Forbidden", 500: "Internal Server Error", 503: "Slow Down"}
ERROR = b'<?xml version="1.0"?><Error><Code>%d</Code><Message>broken on purpose</Message></Error>'
STALL = 30  # seconds; longer than anybody should wait
GOOD = b'HTTP/1.1 200 OK\r\nETag: "0"\r\nContent-Length: 0\r\n\r\n'


class BrokenS3:
    """`misbehave` says how; `good` requests are answered properly before it begins. It keeps no object."""

    def __init__(self, misbehave, good=0):
        self.misbehave = misbehave
        self.good = good
        self.requests = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listening = socket.create_server((ports.HOST, 0))
        self.port = self._listening.getsockname()[1]
        if misbehave == "refuse":
            self._listening.close()
        else:
            threading.Thread(target=self._serve, daemon=True).start()

    @property
    def endpoint(self):
        return f"http://{ports.HOST}:{self.port}"

    def close(self):
        self._over.set()
        self._listening.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self._listening.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with contextlib.suppress(OSError, ValueError), connection, connection.makefile("rb") as reader:
            while line := reader.readline():
                headers = {}
                while (header := reader.readline()) not in (b"\r\n", b""):
                    name, _, value = header.partition(b":")
                    headers[name.strip().lower()] = value.strip()
                with self._lock:
                    self.requests.append(line.decode().split()[:2])
                    good = self.good > 0
                    self.good -= good
                if headers.get(b"expect"):
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                reader.read(int(headers.get(b"content-length", b"0")))
                head = line.startswith(b"HEAD")
                if good:
                    connection.sendall(GOOD if not head else b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                elif not self._break(connection, head):
                    return

    def _break(self, connection, head):
        """Whether the connection goes on."""
        if isinstance(self.misbehave, int):
            body = b"" if head else ERROR % self.misbehave
            status = f"HTTP/1.1 {self.misbehave} {REASONS[self.misbehave]}\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(status.encode() + body)
            return True
        if self.misbehave == "stall":
            self._over.wait(STALL)
        elif self.misbehave == "trickle":  # a byte now and then: each read succeeds in time, and nothing ever ends
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            end = time.monotonic() + STALL
            while time.monotonic() < end and not self._over.wait(0.5):
                connection.sendall(b"X-A: b\r\n")
        elif self.misbehave == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.misbehave == "half body":
            connection.sendall(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 1000\r\n\r\n<?xml")
        return False
