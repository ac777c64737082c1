"""The mode that answers (development, production, or that behind nginx) and the same page's address in the others."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port

from gallery import front


@dataclass(frozen=True)
class Mode:
    """`server` names who hands out static files; `url` is this page there, None for the mode that answers."""

    name: str
    server: str
    url: str | None = None

    @property
    def label(self) -> str:
        return f"{self.name} · {self.server}"

    @property
    def short(self) -> str:
        """For the header's switch, a tab's title and its icon."""
        return "nginx" if self.server == "nginx" else SHORT.get(self.name, self.name)

    @property
    def place(self) -> str:
        """For a link: "this page in development", "this page behind nginx"."""
        return "behind nginx" if self.server == "nginx" else f"in {self.name}"


SHORT = {"development": "dev", "production": "prod"}

# What `manage.py sidebyside` starts, by the names that MODE_PORTS has for them.
KNOWN = {
    "development": Mode("development", "runserver"),
    "production": Mode("production", "WhiteNoise"),
    "nginx": Mode("production", "nginx"),  # the same process as production, with nginx in front
}


def static_server(software: str, middleware: list[str]) -> str:
    """Who serves static files in this process. `software` is SERVER_SOFTWARE: runserver calls itself WSGIServer/…"""
    if software.startswith("WSGIServer"):
        return "runserver"
    if any(path.startswith("whitenoise.") for path in middleware):
        return "WhiteNoise"
    return software.split("/")[0] or "no server"


def this_mode(request: HttpRequest) -> Mode:
    if front.is_nginx(request):
        return KNOWN["nginx"]
    return Mode(settings.MODE, static_server(request.META.get("SERVER_SOFTWARE", ""), settings.MIDDLEWARE))


def other_modes(request: HttpRequest) -> list[Mode]:
    """This page in the modes that `manage.py sidebyside` runs beside this one; empty when nothing else runs."""
    this = "nginx" if front.is_nginx(request) else settings.MODE
    try:
        host, _port = split_domain_port(request.get_host())
    except DisallowedHost:  # this is the page that says so, and nothing leads from it to that host
        return []
    path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return [
        Mode(KNOWN[name].name, KNOWN[name].server, f"http://{host}:{port}{path}")
        for name, port in settings.MODE_PORTS.items()
        if name != this
    ]


def switch(this: Mode, others: list[Mode]) -> list[Mode]:
    """Every mode in its order: this one as it is, another that runs with its address, one that does not without."""
    running = {other.short: other for other in [*others, this]}
    return [running.get(known.short, known) for known in KNOWN.values()]


def mode(request: HttpRequest) -> dict[str, Any]:
    """Context processor for the header of every page."""
    this, others = this_mode(request), other_modes(request)
    return {"mode": this, "other_modes": others, "mode_switch": switch(this, others)}
