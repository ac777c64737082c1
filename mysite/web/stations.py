"""How far this very request got, for the pages about errors: the stations in order, and where it ended."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gallery import front
from lab.observation.trail import Cell, station


def trail(request: HttpRequest, status: int) -> dict[str, Any]:
    """Return what lab/parts/trail.html draws: one row, the stations up to where the answer was made.

    A path that no pattern matches ends at the URLs; what a view refuses or fails at ends in the view.
    """
    found = request.resolver_match is not None
    stations = [
        *_servers(request),
        *(station(path.rpartition(".")[2]) for path in settings.MIDDLEWARE),
        "URLs",
        *(["view"] if found else []),
    ]
    cells = [*(Cell(passed=True) for _ in stations[1:]), Cell(ended=True)]
    row = {
        "title": "this request",
        "kind": _kind(request.path),
        "came": "wrong" if found else "nobody",
        "cells": cells,
        "step": {"method": request.method, "url": request.path, "status": status},
    }
    return {"stations": stations, "rows": [row]}


def _servers(request: HttpRequest) -> list[str]:
    software = request.META.get("SERVER_SOFTWARE", "").split("/")[0]
    server = "runserver" if software.startswith("WSGIServer") else software
    return [*(["nginx"] if front.is_nginx(request) else []), *([server] if server else [])]


def _kind(path: str) -> str:
    for kind, prefix in (("static", settings.STATIC_URL), ("media", settings.MEDIA_URL)):
        if prefix and path.startswith(prefix):
            return kind
    return "source"
