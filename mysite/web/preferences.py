"""How a visitor wants to see every page: `?projector=on` in any address gives large type, `?theme=dark` dark colour."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.http import escape_leading_slashes

# The parameters, and the cookies that remember them; of each first the value that needs no cookie, then the others.
CHOICES = {
    "projector": ("off", "on"),
    "theme": ("system", "light", "dark"),
}

GetResponse = Callable[[HttpRequest], HttpResponse]


class PreferencesMiddleware:
    """Turns the parameters into cookies and leads to the same address without them: no view has to know them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if request.method in ("GET", "HEAD") and any(f"{name}=" in query for name in CHOICES):
            asked, rest = split(query)
            if asked:
                return _turned(request, asked, rest)
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


def split(query: str) -> tuple[dict[str, str], str]:
    """(the preferences that a query string asks for, the query string without them)."""
    asked: dict[str, str] = {}
    rest: list[str] = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if name not in CHOICES:
            rest.append(part)
        elif value in CHOICES[name]:
            asked[name] = value
    return asked, "&".join(rest)


def chosen(request: HttpRequest) -> dict[str, str]:
    """The value of each preference."""
    cookies = {name: request.COOKIES.get(name, "") for name in CHOICES}
    return {name: cookies[name] if cookies[name] in values else values[0] for name, values in CHOICES.items()}


def preferences(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what is chosen, and the address of each other choice, relative to this page's."""
    now = chosen(request)
    query = request.META.get("QUERY_STRING", "") if request.method in ("GET", "HEAD") else ""
    _asked, rest = split(query)
    switches = {
        name: {value: _switch(rest, name, value) for value in values if value != now[name]}
        for name, values in CHOICES.items()
    }
    return {
        "projector": now["projector"] == "on",
        "theme": "" if now["theme"] == "system" else now["theme"],
        "switches": switches,
    }


def _switch(rest: str, name: str, value: str) -> str:
    switch = f"{name}={value}"
    return "?" + iri_to_uri(f"{rest}&{switch}" if rest else switch)


def _turned(request: HttpRequest, asked: dict[str, str], rest: str) -> HttpResponse:
    # "//host/" at the start of a path would lead to that host.
    path = escape_leading_slashes(escape_uri_path(request.path))
    response = HttpResponseRedirect(f"{path}?{iri_to_uri(rest)}" if rest else path)
    for name, value in asked.items():
        if value == CHOICES[name][0]:
            response.delete_cookie(name, samesite="Lax")
        else:
            response.set_cookie(name, value, httponly=True, samesite="Lax", secure=request.is_secure())
    response["Cache-Control"] = "no-store"
    return response
