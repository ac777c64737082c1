"""The servers that answer an experiment's requests: real runserver machinery, gunicorn, uvicorn and nginx."""

import contextlib
import io
import os
import re
import signal
import socket
import socketserver
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from lab.experiment import Experiment
from lab.experiment.variations import edited, packages
from lab.observation import Fault, TraceEntry
from lab.probe.trace import Trail, TrailFile, Watch
from lab.process.own_process import FORK, ROOT
from lab.process.sandbox import die_with_parent
from lab.project.nginx_conf import location_of, nginx_conf
from mysite.serving import nginx

START_SECONDS = 8.0
TRAIL_VARIABLE = "LAB_TRAIL"
READY_VARIABLE = "LAB_READY"
AS_ROOT = "nginx-as-root"  # the variation in which nginx runs as it does on a server: started as root, with workers
LISTENS, UPSTREAM = "127.0.0.1:8080", "127.0.0.1:8000"  # what a written nginx.conf names

Trace = tuple[tuple[TraceEntry, ...], Fault | None]


class ServerDidNotStart(RuntimeError):
    """The server process ended, or did not listen in time. The message is the end of what it printed."""


class Server(Protocol):
    """Answers requests and tells which way the last one went."""

    def exchange(self, request: bytes) -> bytes: ...

    def trace(self, path: str) -> Trace:
        """The stations of the request since the last call, and the exception it ended with."""
        ...

    def served_by_itself(self) -> bool:
        """Whether the last request was answered before it reached Python (nginx)."""
        ...


@contextlib.contextmanager
def serving(experiment: Experiment, project: Path, folder: Path) -> Iterator[Server]:
    """The experiment's server, running; `folder` is for its sockets and logs. Raises ServerDidNotStart.

    For runserver Django must be set up in this process; for the others it must not be.
    """
    if experiment.server.startswith("runserver"):
        with contextlib.closing(Runserver(experiment.server.removeprefix("runserver"), project)) as runserver:
            yield runserver
        return
    with contextlib.ExitStack() as stack:
        trail = TrailFile(folder / "trail")
        kind = "uvicorn" if experiment.server == "uvicorn" else "gunicorn"
        behind = stack.enter_context(_application_server(kind, project, folder, trail))
        if experiment.server == "nginx":
            yield stack.enter_context(_nginx(experiment, project, folder, behind))
        else:
            yield behind


@contextlib.contextmanager
def serving_folder(server: str, project: Path, folder: Path) -> Iterator[Server]:
    """As `serving`, for a project that somebody has written; `server` is one of lab.checker.plan.SERVERS."""
    if server.startswith("runserver"):
        try:
            runserver = Runserver(server.removeprefix("runserver"), project)
        except Exception as error:  # what urls.py, the middleware or a setting of the project has to say
            raise ServerDidNotStart(_with_cause(error)) from error
        with contextlib.closing(runserver):
            yield runserver
        return
    kind = "uvicorn" if server == "uvicorn" or not FORK else "gunicorn"
    if kind != server and server == "gunicorn":
        raise ServerDidNotStart("gunicorn does not run on this system.")
    with contextlib.ExitStack() as stack:
        behind = stack.enter_context(_application_server(kind, project, folder, TrailFile(folder / "trail")))
        if server == "nginx":
            yield stack.enter_context(_projects_nginx(project, folder, behind))
        else:
            yield behind


def _with_cause(error: BaseException) -> str:
    """The exception, and the first one of those that led to it: Django's own words often only wrap it."""
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    told = dict.fromkeys(f"{type(one).__name__}: {one}" for one in (error, cause))
    return " Because of ".join(told)


class Runserver:
    """`manage.py runserver`: the handler that the real command builds, called by Django's real request handler.

    Only the TCP socket is left out: the request's bytes come from memory and the response's go there. Headers are
    those of the real thing (a test compares them). Needs Django set up; watches itself.
    """

    def __init__(self, option: str, project: Path) -> None:
        from django.core.management import get_commands, load_command_class
        from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

        # Of the app that has such a command and stands first: django.contrib.staticfiles, or one above it.
        command: Any = load_command_class(get_commands()["runserver"], "runserver")
        parser = command.create_parser("manage.py", "runserver")
        options = vars(parser.parse_args([f"-{option}"] if option else []))
        # As django.core.servers.basehttp.run() makes it, but without bind and listen.
        kind: Any = type("WSGIServer", (socketserver.ThreadingMixIn, WSGIServer), {})
        self._server = kind(("127.0.0.1", 8000), WSGIRequestHandler, bind_and_activate=False)
        self._server.server_name, self._server.server_port = "localhost", 8000
        self._server.setup_environ()
        self._server.set_app(command.get_handler(**options))
        self._handler: Any = WSGIRequestHandler
        self._trail = Trail()
        self._watch = Watch(project, self._trail.report)

    def close(self) -> None:
        self._server.server_close()

    def exchange(self, request: bytes) -> bytes:
        connection = _Connection(request)
        with self._watch:
            self._handler(connection, ("127.0.0.1", 50000), self._server)
        return b"".join(connection.sent)

    def trace(self, _path: str) -> Trace:
        return self._trail.take()

    def served_by_itself(self) -> bool:
        return False


class _Connection:
    """What Django's request handler needs of a socket."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self.sent: list[bytes] = []

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._request)

    def sendall(self, data: bytes) -> None:
        self.sent.append(bytes(data))

    def shutdown(self, _how: int) -> None: ...

    def close(self) -> None: ...


class SocketServer:
    """A server process that listens on `address`: a Unix socket's path, or a port on 127.0.0.1 where there are none."""

    def __init__(self, address: str | int, trail: TrailFile) -> None:
        self.address = address
        self._trail = trail

    def connect(self) -> socket.socket:
        if isinstance(self.address, int):
            return socket.create_connection(("127.0.0.1", self.address), timeout=START_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(START_SECONDS)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection

    def exchange(self, request: bytes) -> bytes:
        # Sent with "Connection: close", so that the end of the response is the end of the stream.
        head, _, body = request.partition(b"\r\n\r\n")
        received: list[bytes] = []
        with self.connect() as connection:
            # A server may answer and close before it has read the whole body.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(head + b"\r\nConnection: close\r\n\r\n" + body)
            with contextlib.suppress(ConnectionResetError):
                while data := connection.recv(65536):
                    received.append(data)
        return b"".join(received)

    def trace(self, _path: str) -> Trace:
        return self._trail.take()

    def served_by_itself(self) -> bool:
        return False


class Nginx(SocketServer):
    """nginx in front of another server; its access log tells which requests it answered itself."""

    def __init__(self, address: str, trail: TrailFile, conf: str, log: Path) -> None:
        super().__init__(address, trail)
        self._conf = conf
        self._log = log
        self._lines = 0
        self._itself = False

    def trace(self, path: str) -> Trace:
        upstream = self._next_upstream()
        self._itself = upstream in ("", "-")
        prefix, line = location_of(self._conf, path)
        station = TraceEntry(f"nginx location {prefix}", "nginx.conf", line)
        stations, fault = super().trace(path)
        return (station, *stations), fault

    def served_by_itself(self) -> bool:
        return self._itself

    def _next_upstream(self) -> str:
        """The upstream in the log's next line, which nginx writes right after the response has left."""
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            lines = self._log.read_text().splitlines(keepends=True) if self._log.exists() else []
            if len(lines) > self._lines and lines[self._lines].endswith("\n"):
                self._lines += 1
                return lines[self._lines - 1].strip()
            time.sleep(0.001)
        return ""


class ProjectsNginx(SocketServer):
    """nginx with a configuration that somebody has written: what no part of Python saw, it answered itself."""

    def __init__(self, address: str, trail: TrailFile) -> None:
        super().__init__(address, trail)
        self._itself = False

    def trace(self, path: str) -> Trace:
        stations, fault = super().trace(path)
        self._itself = not stations and fault is None
        return (TraceEntry("nginx", "nginx.conf", 1), *stations), fault

    def served_by_itself(self) -> bool:
        return self._itself


def missing_here(experiment: Experiment) -> str:
    """Return what the experiment needs and this machine does not have; an empty string when nothing is missing."""
    return missing_package(experiment) or missing_server(experiment)


def missing_package(experiment: Experiment) -> str:
    """Return what pip calls the package that the experiment's project imports and that is not installed, or ""."""
    wanted = packages(experiment.variation)
    return next((wanted[module] for module in wanted if find_spec(module) is None), "")


def missing_server(experiment: Experiment) -> str:
    """Return the server that the experiment needs and that cannot run here, or ""."""
    if experiment.server in ("gunicorn", "nginx") and not FORK:
        return experiment.server
    if experiment.server == "nginx" and nginx.find() is None:
        return "nginx"
    if experiment.variation == AS_ROOT and os.geteuid() != 0:
        return "nginx started as root"
    return ""


@contextlib.contextmanager
def _application_server(kind: str, project: Path, folder: Path, trail: TrailFile) -> Iterator[SocketServer]:
    address: str | int = str(folder / f"{kind}.socket") if FORK else _free_port()
    log = folder / f"{kind}.log"
    _ready(trail.path).unlink(missing_ok=True)  # of a server that ran here before
    with _process(
        lambda: serve(kind, str(project), address, trail.path), [kind, str(project), str(address), str(trail.path)], log
    ) as alive:
        server = SocketServer(address, trail)
        _wait_until_listening(server, alive, log, _ready(trail.path) if kind == "gunicorn" else None)
        yield server


def serve(kind: str, project: str, address: str | int, trail: Path) -> None:
    """Be gunicorn or uvicorn, started as their commands do it, with a watch that is on before the project loads."""
    from lab.probe.django_setup import enter_project

    enter_project(project)
    if kind == "gunicorn":
        from gunicorn.app.wsgiapp import WSGIApplication

        os.environ[TRAIL_VARIABLE], os.environ[READY_VARIABLE] = str(trail), str(_ready(trail))
        # --chdir: gunicorn keeps the working directory that it was first imported in, which was the template's.
        options = ["--chdir", project, "--bind", f"unix:{address}", "--no-control-socket"]
        sys.argv = ["gunicorn", "--config", "python:lab.probe.gunicorn_hooks", *options, "project.wsgi"]
        WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]", prog="gunicorn").run()
    else:
        import uvicorn.main

        listen = ["--port", str(address)] if isinstance(address, int) else ["--uds", str(address)]
        with Watch(Path(project), TrailFile(trail).writer()):
            uvicorn.main.main(["project.asgi:application", *listen], standalone_mode=False)


@contextlib.contextmanager
def _nginx(experiment: Experiment, project: Path, folder: Path, behind: SocketServer) -> Iterator[Nginx]:
    address, log = str(folder / "nginx.socket"), folder / "access.log"
    text = nginx_conf(
        experiment,
        listen=f"unix:{address}",
        upstream=f"unix:{behind.address}",
        temporary=str(folder / "nginx"),
        access_log=f"log_format lab $upstream_addr;\n    access_log {log} lab;",
    )
    shown = edited(experiment.variation, "nginx.conf", nginx_conf(experiment))
    server = Nginx(address, behind._trail, shown, log)
    text = edited(experiment.variation, "nginx.conf", text)
    with _nginx_process(text, project, folder, server, workers=experiment.variation == AS_ROOT):
        yield server


@contextlib.contextmanager
def _nginx_process(
    text: str, project: Path, folder: Path, server: SocketServer, *, workers: bool = False
) -> Iterator[None]:
    """nginx with that configuration, until `server` answers and then as long as the context lasts."""
    binary = nginx.find()
    if binary is None:
        raise ServerDidNotStart("nginx is not installed here.")
    conf, errors = folder / "nginx.conf", folder / "nginx.log"
    conf.write_text(text, encoding="utf-8")
    # One process, unless `workers`, which stays the user it was started as: the folders here are closed to others.
    directives = f"daemon off; master_process {'on' if workers else 'off'}; pid {folder / 'nginx.pid'};"
    argv = [binary, "-p", str(project), "-c", str(conf), "-e", str(errors), "-g", directives]
    with _process(lambda: os.execv(binary, argv), argv, errors) as alive:  # noqa: S606
        _wait_until_listening(server, alive, errors)
        yield


@contextlib.contextmanager
def _projects_nginx(project: Path, folder: Path, behind: SocketServer) -> Iterator[ProjectsNginx]:
    """The project's own nginx.conf, with this run's addresses and folders in it."""
    try:
        written = (project / "nginx.conf").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ServerDidNotStart("nginx.conf is not there, or is not text.") from error
    address = str(folder / "nginx.socket")
    text = written.replace(LISTENS, f"unix:{address}").replace(UPSTREAM, f"unix:{behind.address}")
    if "_temp_path" not in text:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        own = "".join(f" {kind}_temp_path {folder / f'nginx-{kind}'};" for kind in kinds)
        text = re.sub(r"^(\s*http\s*\{)", lambda http: http[1] + own, text, count=1, flags=re.MULTILINE)
    server = ProjectsNginx(address, behind._trail)
    with _nginx_process(text, project, folder, server):
        yield server


@contextlib.contextmanager
def _process(main: Callable[[], None], argv: list[str], log: Path) -> Iterator[Callable[[], bool]]:
    """Run `main` in a forked process (without fork: this module with `argv` in a fresh one); yields a "lives it?" call.

    What it prints goes to `log`. At the end it is killed: there is nothing in it to save.
    """
    if not FORK:
        with log.open("wb") as output:
            started = subprocess.Popen(
                [sys.executable, "-m", "lab.probe.servers", *argv], cwd=ROOT, stdout=output, stderr=output
            )
        try:
            yield lambda: started.poll() is None
        finally:
            started.kill()
            started.wait()
        return
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            die_with_parent(parent)
            output_descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.dup2(output_descriptor, 1)
            os.dup2(output_descriptor, 2)
            sys.stdout, sys.stderr = (
                os.fdopen(1, "w", buffering=1, closefd=False),
                os.fdopen(2, "w", buffering=1, closefd=False),
            )
            main()
        except SystemExit as exit_:
            # gunicorn's workers, forked from here, pass this too: by its code the master knows one that cannot boot.
            code = exit_.code if isinstance(exit_.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    ended = False

    def alive() -> bool:
        nonlocal ended
        ended = ended or os.waitpid(child, os.WNOHANG)[0] == child
        return not ended

    try:
        yield alive
    finally:
        if alive():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _ready(trail: Path) -> Path:
    """The file that says that gunicorn's worker has imported the project: its master listens before that."""
    return trail.with_name("ready")


def _wait_until_listening(
    server: SocketServer, alive: Callable[[], bool], log: Path, ready: Path | None = None
) -> None:
    """Raises ServerDidNotStart."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and alive():
        if ready is None or ready.exists():
            with contextlib.suppress(OSError):
                server.connect().close()
                return
        time.sleep(0.002)
    raise ServerDidNotStart(log.read_text(errors="replace")[-2000:] if log.exists() else "")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
