"""The server of a plan, whichever it is, and what this machine lacks to run it."""

import contextlib
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from lab.experiment import Experiment
from lab.experiment.plan import Serve
from lab.experiment.variations import named
from lab.probe.application import application_server
from lab.probe.nginx import nginx_server
from lab.probe.runserver import runserver
from lab.probe.server import Server, ServerNotInstalled
from lab.process.call import FORK
from mysite.serving import nginx

RUNSERVER = "runserver"


@contextlib.contextmanager
def serving(step: Serve, project: Path, folder: Path, *, ours: bool) -> Iterator[Server]:
    """Yield the server, running; `folder` is for its sockets and logs. Raises ServerDidNotStart.

    `ours` says that the lab wrote the project. For runserver Django must be set up in this process; for the others it
    must not be.
    """
    if missing := missing_server(step.server, as_root=step.as_root):
        raise ServerNotInstalled(f"{missing} is not installed here.")
    with contextlib.ExitStack() as stack:
        if step.server.startswith(RUNSERVER):
            yield stack.enter_context(runserver(step.server.removeprefix(RUNSERVER), project, views=not ours))
            return
        kind = "uvicorn" if step.server == "uvicorn" or not FORK else "gunicorn"
        behind = stack.enter_context(application_server(kind, project, folder, views=not ours))
        if step.server == "nginx":
            yield stack.enter_context(nginx_server(project, folder, behind, ours=ours, as_root=step.as_root))
        else:
            yield behind


def missing_here(experiment: Experiment) -> str:
    """Return what the experiment needs and this machine does not have; an empty string when nothing is missing."""
    needs_root = named(experiment.variation).needs_root
    return missing_package(experiment) or missing_server(experiment.server, as_root=needs_root)


def missing_package(experiment: Experiment) -> str:
    """Return what pip calls the package that the experiment's project imports and that is not installed, or ""."""
    packages = named(experiment.variation).packages
    return next((name for module, name in packages.items() if find_spec(module) is None), "")


def missing_server(server: str, *, as_root: bool = False) -> str:
    """Return the server, or whatever goes before it, when this machine cannot run it; else an empty string."""
    if server == "gunicorn" and not FORK:
        return server
    if server == "nginx" and nginx.find() is None:
        return server
    if as_root and os.geteuid() != 0:
        return "nginx started as root"
    return ""
