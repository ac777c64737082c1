"""`manage.py runserver` in this process: the real command's handler and Django's real request handler, without TCP."""

import contextlib
import io
import socketserver
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lab.probe.server import ServerDidNotStart, Trace
from lab.probe.trace import TraceLog, Tracer


@contextlib.contextmanager
def runserver(option: str, project: Path, *, views: bool = False) -> Iterator["Runserver"]:
    """Yield runserver with that option ("-nostatic", "-insecure" or ""); `views` is for its tracer.

    Raises ServerDidNotStart.
    """
    try:
        server = Runserver(option, project, views=views)
    except Exception as error:  # urls.py, the middleware or a setting of the project
        raise ServerDidNotStart(_with_cause(error)) from error
    with contextlib.closing(server):
        yield server


class Runserver:
    """The handler that the real command builds, called by Django's real request handler.

    Only the TCP socket is left out: the request's bytes come from memory, and the response's go there. A test compares
    the headers with those of a real runserver. Needs Django set up; traces itself.
    """

    def __init__(self, option: str, project: Path, *, views: bool = False) -> None:
        from django.core.management import get_commands, load_command_class
        from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

        # The command of the first app that has one: django.contrib.staticfiles, or an app above it.
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
        self._log = TraceLog()
        self._tracer = Tracer(project, self._log.report, views=views)

    def close(self) -> None:
        self._server.server_close()

    def exchange(self, request: bytes, pause: Callable[[], None] | None = None, seconds: float = 0.0) -> bytes:  # noqa: ARG002
        if pause is not None:
            raise NotImplementedError("the request comes from memory, all at once")
        connection = _Connection(request)
        with self._tracer:
            self._handler(connection, ("127.0.0.1", 50000), self._server)
        return b"".join(connection.sent)

    def trace(self, _path: str) -> Trace:
        return self._log.take()

    def answered_alone(self) -> bool:
        return False


class _Connection:
    """The part of a socket that Django's request handler uses."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self.sent: list[bytes] = []

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._request)

    def sendall(self, data: bytes) -> None:
        self.sent.append(bytes(data))

    def shutdown(self, _how: int) -> None: ...

    def close(self) -> None: ...


def _with_cause(error: BaseException) -> str:
    """Return the exception and the one that started it: Django's own often only wraps that."""
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    told = dict.fromkeys(f"{type(one).__name__}: {one}" for one in (error, cause))
    return " Because of ".join(told)
