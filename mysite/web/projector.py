"""Large type for a projector, on every page: `?projector=on` in any address turns it on, `?projector=off` off."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.http import escape_leading_slashes

NAME = "projector"  # of the parameter, and of the cookie that remembers it

GetResponse = Callable[[HttpRequest], HttpResponse]


class ProjectorMiddleware:
    """Turns the parameter into a cookie and leads to the same address without it, so that no view has to know it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if request.method in ("GET", "HEAD") and f"{NAME}=" in query:
            asked, rest = split(query)
            if asked:
                return _turned(request, asked[-1], rest)
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


def split(query: str) -> tuple[list[str], str]:
    """("on" and "off" as often as they are asked for, the query string without the parameter)."""
    parts = query.split("&")
    asked = [part.removeprefix(f"{NAME}=") for part in parts if part in (f"{NAME}=on", f"{NAME}=off")]
    return asked, "&".join(part for part in parts if not part.startswith(f"{NAME}="))


def is_on(request: HttpRequest) -> bool:
    return request.COOKIES.get(NAME) == "on"


def projector(request: HttpRequest) -> dict[str, Any]:
    """Context processor: whether large type is on, and the address of the switch, relative to this page's."""
    on = is_on(request)
    query = request.META.get("QUERY_STRING", "") if request.method in ("GET", "HEAD") else ""
    _asked, rest = split(query)
    switch = f"{NAME}={'off' if on else 'on'}"
    return {"projector": on, "projector_switch": "?" + iri_to_uri(f"{rest}&{switch}" if rest else switch)}


def _turned(request: HttpRequest, asked: str, rest: str) -> HttpResponse:
    # "//host/" at the start of a path would lead to that host.
    path = escape_leading_slashes(escape_uri_path(request.path))
    response = HttpResponseRedirect(f"{path}?{iri_to_uri(rest)}" if rest else path)
    if asked == "on":
        response.set_cookie(NAME, "on", httponly=True, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(NAME, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response
