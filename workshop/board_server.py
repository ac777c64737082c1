"""Serving the board of a class until Ctrl-C: granian with one worker, in whose memory it is."""

import os
import secrets
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from mysite.serving.children import Child
from mysite.serving.ports import complaint
from workshop.exercise import exercises, place

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 20
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - to be compared with


def run(host: str, port: int, stuck_minutes: int) -> int:
    """The exit code: 0 after Ctrl-C, 1 when the server ended, 2 when it cannot be started like this."""
    why = complaint(port, 1) or ("--stuck must be at least 1." if stuck_minutes < 1 else None)
    if why:
        print(why, file=sys.stderr)
        return 2
    exercises()  # raises what the board's own process would only log
    name = own_address() if host in EVERYWHERE else host
    address = f"http://{f'[{name}]' if ':' in name else name}:{port}/"
    join = f"python manage.py workshop join {address} YOUR-NAME"
    key = secrets.token_urlsafe(12)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mysite.settings.board",
        "WORKSHOP_EXERCISES": str(place()),
        "BOARD_STUCK_MINUTES": str(stuck_minutes),
        "BOARD_JOIN": join,
        "BOARD_KEY": key,
        "PYTHONUNBUFFERED": "1",
    }
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    server = Child(command(host, port), cwd=ROOT, env=environment, write=lambda line: print(line, file=sys.stderr))
    try:
        if not _listens(host, port, server, stop):
            if stop.is_set():
                return 0
            print("The board did not start; the lines above say why.", file=sys.stderr)
            return 1
        print(f"The board: {address}")
        print(f"Each participant types:\n\n    {join}\n")
        print(f"For you alone, to remove a name: {address}?key={key}\n")
        print("It is kept in memory: Ctrl-C ends it, and nothing of it is left.", flush=True)
        while not stop.wait(0.2):  # without a time-out Windows could not be interrupted
            if server.poll() is not None:
                print("The board's server has ended; the lines above say why.", file=sys.stderr)
                return 1
    finally:
        server.stop()
    print("\nThe board is closed.")
    return 0


def command(host: str, port: int) -> list[str]:
    """Granian's command line. One worker, because the board is in its memory."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "workshop.board_asgi:application"),
        *("--host", host or "0.0.0.0", "--port", str(port), "--http", "1", "--no-ws"),  # noqa: S104
        *("--workers", "1", "--backpressure", "1024", "--http1-header-read-timeout", "5000"),
        *("--workers-kill-timeout", "2", "--log-level", "error"),
    ]


def _listens(host: str, port: int, server: Child, stop: threading.Event) -> bool:
    """Whether it answers, after a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None and not stop.is_set():
        try:
            socket.create_connection(("127.0.0.1" if host in EVERYWHERE else host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def own_address() -> str:
    """This machine's address in its network, as far as it can be known: the one from which it would send outwards."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:  # nothing is sent: connecting only chooses a way
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
