"""The site in every mode at once, on neighbouring ports: development, production, and production behind nginx.

Standard library only: start.py runs this outside .venv, and a mistake in the learner's code must not keep it from
starting; runserver then says what is wrong and waits for the fix.
"""

import contextlib
import os
import secrets
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from mysite.serving import nginx, ports
from mysite.serving.atomic_write import write_whole
from mysite.serving.children import Child

MODES = ("development", "production", "nginx")
MEDIA = "media"  # no mode: the second origin, on the port after them, when asked for
PATIENCE_SECONDS = 20  # after that a silent server is spoken of

ABOUT = {
    "development": "runserver, DEBUG on: static files come from their source folders, the moment you save them",
    "production": "granian with WhiteNoise, DEBUG off: static files come from staticfiles/, as the release left them",
    "nginx": "the same production with nginx in front, which serves static and media files by itself",
    MEDIA: "a second origin, for media files and nothing else",
}


def modes() -> tuple[str, ...]:
    """Those that can run on this machine."""
    return MODES if nginx.find() else MODES[:2]


def ports_needed(*, media_origin: bool) -> int:
    """How many in a row. The media origin has the same place with and without nginx."""
    return len(MODES) + 1 if media_origin else len(modes())


def run(
    root: Path,
    python: str,
    port: int = 8000,
    *,
    until_eof: bool = False,
    prepare: Sequence[str] = (),
    media_origin: bool = False,
) -> int:
    """Serves until Ctrl-C and returns the exit code. `python` is one that has the requirements installed.

    `prepare` is a manage.py command that need not hold up the first page: it runs once development answers. With
    `media_origin` uploads are served from an origin of their own.
    """
    complaint = ports.complaint(port, ports_needed(media_origin=media_origin))
    if complaint:
        print(complaint, file=sys.stderr)
        return 1
    key = os.environ.get("SECRET_KEY") or secret_key(root / ".secret_key")
    pair = SideBySide(root, python, port, key, say=say, media_origin=media_origin)
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
    say("All servers have stopped.")
    return 0


def say(line: str) -> None:
    """One line, at once, also through a pipe. What a terminal cannot show becomes a question mark, not a traceback."""
    encoding = sys.stdout.encoding or "utf-8"
    with contextlib.suppress(BrokenPipeError):  # the reader of our output has gone; the servers go on
        print(line.encode(encoding, "replace").decode(encoding), flush=True)


class SideBySide:
    """The servers. Development comes first: nobody should wait for collectstatic to see a page."""

    def __init__(
        self, root: Path, python: str, port: int, key: str, say: Callable[[str], None], *, media_origin: bool = False
    ) -> None:
        self._root = root
        self._python = python
        self._say = say
        self._nginx = nginx.find()
        self._ports = {mode: port + MODES.index(mode) for mode in modes()}
        self._environ = environ(self._ports, key)
        if media_origin:
            self._ports[MEDIA] = port + len(MODES)
            self._environ = with_media_origin(self._environ, self._ports[MEDIA])
        self._folder = Path(tempfile.mkdtemp(prefix="sidebyside-"))  # nginx's: its configuration, its temporary files
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
        if MEDIA in self._ports:
            media_address = f"{ports.HOST}:{self._ports[MEDIA]}"
            self._announce(
                MEDIA, self._start(MEDIA, ["manage.py", "runserver", "--noreload", "--nostatic", media_address])
            )
        if prepare:
            self._start("development", ["manage.py", *prepare])
        # A wait without a time-out could not be interrupted on Windows.
        while (code := development.poll()) is None:
            time.sleep(0.1)
        development.wait()
        return (
            f"development ended by itself (exit code {code}); its last lines above say why. The others are stopped too."
        )

    def _serve_production(self) -> None:
        """Makes a release, then serves it. Whatever fails here is told, and development goes on."""
        with contextlib.suppress(Stopped):
            collected = self._start("production", ["manage.py", "release"]).wait()
            if collected != 0:
                self._tell_failure("collectstatic failed, so production has not started", collected)
                return
            production = self._start("production", granian(self._ports["production"]))
            self._announce("production", production)
            if production.poll() is None:
                self._serve_nginx()
            self._tell_failure("production has ended", production.wait())

    def _serve_nginx(self) -> None:
        """nginx in front of the production that runs already, so that nothing differs but who hands out files."""
        if not self._nginx:
            self._say("nginx is not installed, so production behind nginx is left out. Ctrl-C stops both.\n")
            return
        front, behind = (f"{ports.HOST}:{self._ports[mode]}" for mode in ("nginx", "production"))
        conf = self._folder / "nginx.conf"  # left there by nginxconf
        write = ["manage.py", "nginxconf", "--listen", front, "--upstream", behind, "--own-machine", str(self._folder)]
        code = self._start("nginx", write).wait()
        if code != 0:
            self._tell_failure("nginx has no configuration, so it has not started", code)
            return
        server = self._start_program("nginx", nginx.command(self._nginx, conf))
        self._announce("nginx", server)
        if server.poll() is not None:
            self._tell_failure("nginx has ended", server.wait())

    def _start(self, mode: str, argv: list[str]) -> Child:
        return self._start_program(mode, [self._python, *argv])

    def _start_program(self, mode: str, argv: list[str]) -> Child:
        with self._stopping:  # either the child is in the list before stop() reads it, or it is never started
            if self._stopped:
                raise Stopped
            child = Child(
                argv,
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
                    f"{mode} does not answer yet. If its lines above show a mistake, fix it and save: still waiting."
                )
            time.sleep(0.05)
        self._say(f"\n{mode:<11}  http://{'localhost' if mode == MEDIA else ports.HOST}:{port}/   {ABOUT[mode]}")
        if mode == "nginx":
            self._say("Ctrl-C stops them all.\n")

    def _tell_failure(self, what: str, code: int) -> None:
        if not self._stopped:
            self._say(
                f"\n{what} (exit code {code}); the lines above say why.\n"
                "The others go on. When you have fixed it, press Ctrl-C and start again.\n"
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
        shutil.rmtree(self._folder, ignore_errors=True)


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
    production = {
        **shared,
        "DJANGO_SETTINGS_MODULE": "mysite.settings.prod",
        "LOCAL_HTTP": "1",
        # Production is reached directly and through nginx; what a visitor may not know tells the one from the other.
        "TRUSTED_FRONT": secrets.token_urlsafe(16),
    }
    return {
        "development": {**shared, "DJANGO_SETTINGS_MODULE": "mysite.settings.dev"},
        "production": production,
        "nginx": production,
    }


def with_media_origin(environments: Mapping[str, dict[str, str]], port: int) -> dict[str, dict[str, str]]:
    """Every mode's uploads on one origin of their own. Another host name than the sites', as cookies ignore ports."""
    told = {mode: {**values, "MEDIA_ORIGIN": f"http://localhost:{port}"} for mode, values in environments.items()}
    return {**told, MEDIA: {**told["development"], "DJANGO_SETTINGS_MODULE": "mysite.settings.media"}}


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
    write_whole(path, key + "\n")
    return key


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def interrupt_at_end_of_input() -> None:
    with contextlib.suppress(OSError, ValueError):
        # Not sys.stdin.read: its lock, held by this thread forever, would abort Python at its very end.
        while os.read(sys.stdin.fileno(), 1024):
            pass
    signal.raise_signal(signal.SIGTERM)
