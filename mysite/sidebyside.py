"""The site twice at once, in development and in production, on two neighbouring ports.

Standard library only: start.py runs this outside .venv, and a mistake in the learner's code must not keep it from
starting; runserver then says what is wrong and waits for the mending.
"""

import contextlib
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from mysite import ports
from mysite.children import Child

MODES = ("development", "production")
PATIENCE_SECONDS = 20  # after that a silent server is spoken of

ABOUT = {
    "development": "runserver, DEBUG on: static files come from their source folders, the moment you save them",
    "production": "granian with WhiteNoise, DEBUG off: static files come from staticfiles/, as collectstatic left them",
}


def run(root: Path, python: str, port: int = 8000, *, until_eof: bool = False, prepare: Sequence[str] = ()) -> int:
    """Serves until Ctrl-C and returns the exit code. `python` is one that has the requirements installed.

    `prepare` is a manage.py command that need not hold up the first page: it runs once development answers.
    """
    complaint = ports.complaint(port, len(MODES))
    if complaint:
        print(complaint, file=sys.stderr)
        return 1
    key = os.environ.get("SECRET_KEY") or secret_key(root / ".secret_key")
    pair = SideBySide(root, python, port, key, say=say)
    for number in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: a script's background job starts with it ignored
        signal.signal(number, interrupt)
    if until_eof:
        threading.Thread(target=interrupt_at_end_of_input, daemon=True).start()
    try:
        failure = pair.serve(prepare)
    except KeyboardInterrupt:
        failure = None
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not cut the stopping short
            signal.signal(number, signal.SIG_IGN)
        pair.stop()
    if failure:
        print(failure, file=sys.stderr)
        return 1
    say("Both servers have stopped.")
    return 0


def say(line: str) -> None:
    """One line, at once, also through a pipe. What a terminal cannot show becomes a question mark, not a traceback."""
    encoding = sys.stdout.encoding or "utf-8"
    with contextlib.suppress(BrokenPipeError):  # whoever read our output has gone; the servers go on
        print(line.encode(encoding, "replace").decode(encoding), flush=True)


class SideBySide:
    """The two servers. Development comes first: nobody should wait for collectstatic to see a page."""

    def __init__(self, root: Path, python: str, port: int, key: str, say: Callable[[str], None]) -> None:
        self._root = root
        self._python = python
        self._say = say
        self._ports = dict(zip(MODES, range(port, port + len(MODES)), strict=True))
        self._environ = environ(self._ports, key)
        self._children: list[Child] = []
        self._stopping = threading.Lock()
        self._stopped = False
        self._production = threading.Thread(target=self._serve_production, daemon=True)

    def serve(self, prepare: Sequence[str]) -> str:
        """Serves until development ends by itself and returns what to say then. Raises KeyboardInterrupt at Ctrl-C."""
        address = f"{ports.HOST}:{self._ports['development']}"
        development = self._start("development", ["manage.py", "runserver", address])
        self._production.start()
        self._announce("development", development)
        if prepare:
            self._start("development", ["manage.py", *prepare])
        # A wait without a time-out could not be interrupted on Windows.
        while (code := development.poll()) is None:
            time.sleep(0.1)
        development.wait()
        return (
            f"development ended by itself (exit code {code}); its last lines above say why. Production is stopped too."
        )

    def _serve_production(self) -> None:
        """Collects, then serves. Whatever fails here is told, and development goes on."""
        with contextlib.suppress(Stopped):
            collected = self._start("production", ["manage.py", "collectfresh", "--noinput"]).wait()
            if collected != 0:
                self._tell_failure("collectstatic failed, so production has not started", collected)
                return
            production = self._start("production", granian(self._ports["production"]))
            self._announce("production", production)
            self._tell_failure("production has ended", production.wait())

    def _start(self, mode: str, argv: list[str]) -> Child:
        with self._stopping:  # either the child is in the list before stop() reads it, or it is never started
            if self._stopped:
                raise Stopped
            child = Child(
                [self._python, *argv],
                cwd=self._root,
                env=self._environ[mode],
                write=lambda line: self._say(f"{mode:>11} | {line}"),
            )
            self._children.append(child)
        return child

    def _announce(self, mode: str, child: Child) -> None:
        """Prints the address once a page really comes back from there."""
        port = self._ports[mode]
        begun, told = time.monotonic(), False
        while not ports.answers(port):
            if child.poll() is not None or self._stopped:
                return
            if time.monotonic() - begun > PATIENCE_SECONDS and not told:
                told = True
                self._say(
                    f"{mode} does not answer yet. If its lines above show a mistake, mend it and save: still waiting."
                )
            time.sleep(0.05)
        self._say(f"\n{mode:<11}  http://{ports.HOST}:{port}/   {ABOUT[mode]}")
        if mode == "production":
            self._say("Ctrl-C stops both.\n")

    def _tell_failure(self, what: str, code: int) -> None:
        if not self._stopped:
            self._say(
                f"\n{what} (exit code {code}); the lines above say why.\n"
                "Development goes on. When you have mended it, press Ctrl-C and start again.\n"
            )

    def stop(self) -> None:
        """Ends everything that was started; both at once, so that it takes no longer than the slower one."""
        with self._stopping:
            self._stopped = True
        stoppers = [threading.Thread(target=child.stop) for child in self._children if child.poll() is None]
        for stopper in stoppers:
            stopper.start()
        for stopper in stoppers:
            stopper.join()
        if self._production.is_alive():
            self._production.join(timeout=5)


class Stopped(Exception):
    """Nothing is started any more."""


def environ(mode_ports: Mapping[str, int], key: str) -> dict[str, dict[str, str]]:
    """Each mode's environment. Cookies ignore ports, so with one key each mode reads what the other signed."""
    shared = {
        **os.environ,
        "SECRET_KEY": key,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "MODE_PORTS": ",".join(f"{mode}={port}" for mode, port in mode_ports.items()),
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",  # that it is no server for production: production runs beside it
        "PYTHONUNBUFFERED": "1",  # through a pipe Python would keep its lines back
        "PYTHONIOENCODING": "utf-8",
    }
    return {
        "development": {**shared, "DJANGO_SETTINGS_MODULE": "mysite.settings.dev"},
        "production": {**shared, "DJANGO_SETTINGS_MODULE": "mysite.settings.prod", "LOCAL_HTTP": "1"},
    }


def granian(port: int) -> list[str]:
    """Granian's command line. With WhiteNoise it served 2.6 times as much as gunicorn, and it runs on Windows too."""
    return [
        *("-m", "granian", "--interface", "wsgi", "mysite.wsgi:application"),
        *("--host", ports.HOST, "--port", str(port), "--http", "1", "--no-ws"),
        # A request that sends its body slowly occupies a thread until it is through: with these many, sixty slow
        # uploads leave room for everybody. Backpressure counts connections, idle ones too; a browser keeps six.
        *("--workers", "2", "--blocking-threads", "128", "--backpressure", "1024"),
        *("--http1-header-read-timeout", "10000"),  # who has not sent the headers in ten seconds is hung up on
        *("--workers-kill-timeout", "2", "--log-level", "error"),  # a warning would scold the number of threads
    ]


def secret_key(path: Path) -> str:
    """The key kept in `path`, made at the first start: sessions survive a restart, and the repository never sees it."""
    with contextlib.suppress(FileNotFoundError):
        key = path.read_text().strip()
        if len(key) >= 50:  # shorter: someone's half-written file
            return key
    key = secrets.token_urlsafe(60)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
    new.replace(path)
    return key


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def interrupt_at_end_of_input() -> None:
    with contextlib.suppress(OSError, ValueError):
        # Not sys.stdin.read: its lock, held by this thread for ever, would abort Python at its very end.
        while os.read(sys.stdin.fileno(), 1024):
            pass
    signal.raise_signal(signal.SIGTERM)
