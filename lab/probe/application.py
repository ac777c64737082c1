"""gunicorn and uvicorn: the project's WSGI or ASGI application in a server process, traced from before it loads."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from lab.probe.server_process import SocketServer, forked, free_port, spawned, wait_until_listening
from lab.probe.trace import TraceFile, Tracer
from lab.process.call import FORK

TRACE_VARIABLE = "LAB_TRACE"
READY_VARIABLE = "LAB_READY"
VIEWS_VARIABLE = "LAB_VIEWS"  # not empty: the tracer names the views


@contextlib.contextmanager
def application_server(kind: str, project: Path, folder: Path, *, views: bool = False) -> Iterator[SocketServer]:
    """Yield gunicorn or uvicorn, running; `folder` is for its socket and its log, `views` for its tracer.

    Raises ServerDidNotStart.
    """
    address: str | int = str(folder / f"{kind}.socket") if FORK else free_port()
    trace = TraceFile(folder / "trace")
    log = folder / f"{kind}.log"
    ready = _ready(trace.path)
    for left in (ready, trace.path):  # by a server that ran here before
        left.unlink(missing_ok=True)
    if FORK:
        process = forked(lambda: serve(kind, project, address, trace.path, views=views), log)
    else:
        process = spawned(__name__, [kind, str(project), str(address), str(trace.path), "views" if views else ""], log)
    with process as alive:
        server = SocketServer(address, trace)
        wait_until_listening(server, alive, log, ready if kind == "gunicorn" else None)
        yield server


def serve(kind: str, project: Path, address: str | int, trace: Path, *, views: bool = False) -> None:
    """Be gunicorn or uvicorn, started as their commands do it, with a tracer that is on before the project loads."""
    from lab.probe.django_setup import enter_project

    enter_project(project)
    if kind == "gunicorn":
        from gunicorn.app.wsgiapp import WSGIApplication

        os.environ[TRACE_VARIABLE], os.environ[READY_VARIABLE] = str(trace), str(_ready(trace))
        os.environ[VIEWS_VARIABLE] = "views" if views else ""
        # --chdir: gunicorn keeps the working directory that it was first imported in, which was the fork server's.
        options = ["--chdir", str(project), "--bind", f"unix:{address}", "--no-control-socket"]
        sys.argv = ["gunicorn", "--config", "python:lab.probe.gunicorn_hooks", *options, "project.wsgi"]
        WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]", prog="gunicorn").run()
    else:
        import uvicorn.main

        listen = ["--port", str(address)] if isinstance(address, int) else ["--uds", str(address)]
        with Tracer(project, TraceFile(trace).writer(), views=views):
            uvicorn.main.main(["project.asgi:application", *listen], standalone_mode=False)


def _ready(trace: Path) -> Path:
    """Return the file that gunicorn's worker makes when it has imported the project: its master listens before that."""
    return trace.with_name("ready")


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), views=bool(sys.argv[5]))
