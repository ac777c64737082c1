"""gunicorn's configuration in the lab: each worker watches its requests, and ends when its parent does.

The mini-project's files know nothing of it; gunicorn is told with `--config python:lab.probe.gunicorn_hooks`.
"""

import os
from pathlib import Path
from typing import Any

from lab.probe.trace import TrailFile, Watch
from lab.process.sandbox import die_with_parent

_watch: Watch | None = None


def post_fork(server: Any, _worker: Any) -> None:
    """Runs in the worker, before it imports the project."""
    from lab.probe.application import TRAIL_VARIABLE
    from lab.probe.django_setup import look_first_in

    global _watch
    die_with_parent(server.pid)
    look_first_in(Path.cwd())  # gunicorn has put the folder in which it was first imported at the front
    _watch = Watch(Path.cwd(), TrailFile(Path(os.environ.pop(TRAIL_VARIABLE))).writer())
    _watch.__enter__()


def post_worker_init(_worker: Any) -> None:
    """Runs in the worker when it has imported the project: from now on it answers."""
    from lab.probe.application import READY_VARIABLE

    Path(os.environ.pop(READY_VARIABLE)).touch()
