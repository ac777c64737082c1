"""What each response header tells about its sender and about what the browser will do, in one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    name: str
    value: str
    tells: str


def _content_type(value: str) -> str:
    if value.startswith("text/html"):
        return "An HTML page. A browser that asked for a stylesheet refuses it."
    if value == 'text/css; charset="utf-8"':
        return "WhiteNoise writes it so, with a charset in quotes."
    return "Says what the body is."


def _cache_control(value: str) -> str:
    if "immutable" in value:
        return "The browser may keep it for ten years without asking: fit for names with a hash of the content."
    if "max-age=0" in value:
        return "The browser keeps it, and asks each time whether it has changed."
    if "max-age" in value:
        return "The browser keeps it for that many seconds without asking."
    return "Says how long the browser may keep it."


TELLS: Mapping[str, Callable[[str], str]] = {
    "location": lambda _: "The address to request instead.",
    "content-type": _content_type,
    "cache-control": _cache_control,
    "x-content-type-options": lambda _: (
        "The browser must believe the content type. SecurityMiddleware or nginx adds it."
    ),
    "etag": lambda _: "A tag for the content. The browser sends it back, and gets 304 as long as nothing has changed.",
    "last-modified": lambda _: (
        "The file’s date. The browser sends it back, and gets 304 as long as nothing has changed."
    ),
    "access-control-allow-origin": lambda _: "Pages on any host may use it, fonts included. WhiteNoise adds it.",
    "strict-transport-security": lambda _: (
        "From now on the browser uses HTTPS only for this host. SecurityMiddleware adds it."
    ),
    "content-encoding": lambda _: "The body is compressed.",
    "vary": lambda _: "A cache keeps one copy for each value of these request headers.",
    "x-frame-options": lambda _: "No other page may show this one in a frame. XFrameOptionsMiddleware adds it.",
}


def notes(headers: Mapping[str, str]) -> tuple[Note, ...]:
    """Return every header. Those with an explanation come first; `tells` is empty for the others."""
    told = [Note(name, headers[name], tell(headers[name])) for name, tell in TELLS.items() if name in headers]
    return (*told, *(Note(name, value, "") for name, value in headers.items() if name not in TELLS))
