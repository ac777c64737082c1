"""What the foot of a page says about its making: by which versions, in how many milliseconds."""

import platform
import time
from collections.abc import Callable
from typing import Any

import django
from django.http import HttpRequest, HttpResponse

BEGAN = "site.began"  # in request.META

GetResponse = Callable[[HttpRequest], HttpResponse]


class ColophonMiddleware:
    """Notes when a request came in. It stands first, so that the other middleware counts too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[BEGAN] = time.perf_counter()
        return self.get_response(request)


def colophon(request: HttpRequest) -> dict[str, Any]:
    """Context processor. `made_in_ms` is a function: the template calls it at the page's end, and not before."""
    return {
        "django_version": django.get_version(),
        "python_version": platform.python_version(),
        "made_in_ms": lambda: _elapsed_ms(request),
    }


def _elapsed_ms(request: HttpRequest) -> int | None:
    began = request.META.get(BEGAN)
    return None if began is None else max(1, round(1000 * (time.perf_counter() - began)))
