"""gunicorn's configuration in the lab: each worker traces its requests, and ends when its parent does.

The mini-project's files do not name it; gunicorn gets it with `--config python:lab.probe.gunicorn_hooks`.
"""

import contextlib
import os
from pathlib import Path
from typing import Any

from lab.probe.trace import TraceFile, Tracer
from lab.process.sandbox import die_with_parent

_tracer: Tracer | None = None


def post_fork(server: Any, _worker: Any) -> None:
    """Runs in the worker, before it imports the project."""
    from lab.probe.application import TRACE_VARIABLE, VIEWS_VARIABLE
    from lab.probe.django_setup import look_first_in

    global _tracer
    die_with_parent(server.pid)
    look_first_in(Path.cwd())  # gunicorn has put the folder in which it was first imported at the front
    log = TraceFile(Path(os.environ.pop(TRACE_VARIABLE)))
    _tracer = Tracer(Path.cwd(), log.writer(), views=bool(os.environ.pop(VIEWS_VARIABLE)))
    _tracer.__enter__()


def post_worker_init(_worker: Any) -> None:
    """Runs in the worker when it has imported the project: from now on it answers."""
    from lab.probe.application import READY_VARIABLE

    Path(os.environ.pop(READY_VARIABLE)).touch()


def post_request(_worker: Any, _request: Any, environ: Any, _response: Any) -> None:
    """Runs in the worker after each answer: read what nobody has read of the body.

    gunicorn closes the connection then. Closed on an unread body, it makes nginx answer 302 or 502 as chance will have
    it: whichever it notices first, the answer or the broken pipe. An observation has to be the same in every run.
    """
    with contextlib.suppress(OSError):
        while environ["wsgi.input"].read(65536):
            pass
