"""What the foot of a page says about its making: by which versions, in how many milliseconds, of how many bytes."""

import gzip
import platform
import time
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

BEGAN = "site.began"  # in request.META
WEIGHT = b"<!-- weight -->"  # in a page: its size goes here, which nobody knows before it is rendered

GetResponse = Callable[[HttpRequest], HttpResponse]


class ColophonMiddleware:
    """Notes when a request came in, and writes a page's own size into it. It stands first: the other middleware counts.

    With DEBUG off it compresses pages too, so that the size is this very answer's and not one of a proxy's making. A
    page with a CSRF token goes as it is: compression lets who can measure its size guess at a secret in it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[BEGAN] = time.perf_counter()
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html") and not response.has_header("Content-Encoding"):
            _weigh(request, response)
        return response


def _weigh(request: HttpRequest, response: HttpResponse) -> None:
    if response.streaming or WEIGHT not in response.content:
        return
    compressible = not settings.DEBUG and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META  # set by get_token
    zipped = compressible and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    if compressible:
        patch_vary_headers(response, ("Accept-Encoding",))
    if zipped:
        response["Content-Encoding"] = "gzip"
    response.content = weighed(response.content, zipped=zipped)
    response["Content-Length"] = str(len(response.content))


def weighed(page: bytes, *, zipped: bool) -> bytes:
    """Return the body of an answer with this page, which says how large it is, and how large when compressed."""
    told, body = b"", b""
    for _ in range(4):  # the number's own digits count; with one decimal it settles at once
        whole = page.replace(WEIGHT, told)
        body = gzip.compress(whole, compresslevel=6, mtime=0) if zipped else whole
        now = _told(len(whole), len(body) if zipped else None)
        if now == told:
            break
        told = now
    return body


def _told(whole: int, sent: int | None) -> bytes:
    on_the_wire = "not compressed" if sent is None else f"{sent / 1000:.1f} kB on the wire"
    return f"{whole / 1000:.1f} kB of HTML, {on_the_wire}".encode()


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
