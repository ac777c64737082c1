"""What can serve a stylesheet, and how it is started: the commands that a reader would type."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from lab.experiment import Experiment
from lab.process.call import FORK
from mysite.serving import nginx
from mysite.serving.ports import HOST

WRAPPED = '''\
"""WhiteNoise around the WSGI application: it answers before Django sees the request, and knows no Django settings."""

from pathlib import Path

from whitenoise import WhiteNoise

from project.wsgi import application as django

application = WhiteNoise(django, root=Path(__file__).parents[1] / "staticfiles", prefix="static/")
'''

_COLLECTED = {"debug": "off", "storage": "whitenoise-manifest", "collect": "yes"}
_MIDDLEWARE = Experiment.from_mapping({**_COLLECTED, "server": "gunicorn", "whitenoise": "after-security"})
_WRAPPED = Experiment.from_mapping({**_COLLECTED, "server": "gunicorn"})
_NGINX = Experiment.from_mapping({**_COLLECTED, "server": "nginx"})


@dataclass(frozen=True, slots=True)
class Setup:
    """A server in front of the mini-project. `argv` is made of its port; `missing` names what this machine lacks."""

    name: str
    title: str
    experiment: Experiment
    argv: Callable[[int], list[str]]
    missing: str = ""
    behind: Callable[[int], list[str]] | None = None  # a second server, for the requests that nginx passes on


def _without(module: str) -> str:
    return "" if find_spec(module) else module


def _gunicorn(application: str) -> Callable[[int], list[str]]:
    return lambda port: ["-m", "gunicorn", "--no-control-socket", "--bind", f"{HOST}:{port}", application]


def _uvicorn(port: int) -> list[str]:
    return ["-m", "uvicorn", "--port", str(port), "--log-level", "error", "project.asgi:application"]


def _granian(port: int) -> list[str]:
    return [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--log-level",
        "error",
        "project.wsgi:application",
    ]


def setups() -> tuple[Setup, ...]:
    """Return what is compared, from the development server to nginx."""
    no_gunicorn = "" if FORK else "gunicorn"
    return (
        Setup(
            "runserver",
            "runserver, DEBUG on",
            Experiment(),
            lambda port: ["manage.py", "runserver", "--noreload", str(port)],
        ),
        Setup("gunicorn", "gunicorn, WhiteNoise as middleware", _MIDDLEWARE, _gunicorn("project.wsgi"), no_gunicorn),
        Setup(
            "wrapped",
            "gunicorn, WhiteNoise around the application",
            _WRAPPED,
            _gunicorn("project.wrapped"),
            no_gunicorn,
        ),
        Setup("uvicorn", "uvicorn, WhiteNoise as middleware", _MIDDLEWARE, _uvicorn, _without("uvicorn")),
        Setup("granian", "Granian, WhiteNoise as middleware", _MIDDLEWARE, _granian, _without("granian")),
        Setup(
            "nginx",
            "nginx before gunicorn",
            _NGINX,
            lambda _port: ["-c", "nginx-bench.conf", "-g", "daemon off; master_process off; pid nginx-bench.pid;"],
            no_gunicorn or ("" if nginx.find() else "nginx"),
            behind=_gunicorn("project.wsgi"),
        ),
    )
