"""What a response header tells about who sent it and what the browser will do, in one sentence each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    name: str
    value: str
    tells: str


def _content_type(value: str) -> str:
    if value.startswith("text/html"):
        return "An HTML page. Under nosniff a browser that asked for a stylesheet refuses it."
    if value == 'text/css; charset="utf-8"':
        return "WhiteNoise’s way of writing it: with a charset, in quotes."
    return "What the browser takes the body for."


def _cache_control(value: str) -> str:
    if "immutable" in value:
        return "May be kept for ten years unasked: only a name with a hash of the content can promise that."
    if "max-age=0" in value:
        return "Kept, but asked about each time."
    if "max-age" in value:
        return "Kept for that many seconds without asking."
    return "How long the browser may keep it."


TELLS: Mapping[str, Callable[[str], str]] = {
    "location": lambda _: "Where the browser is sent instead.",
    "content-type": _content_type,
    "cache-control": _cache_control,
    "x-content-type-options": lambda _: (
        "The browser must believe the content type. SecurityMiddleware or nginx adds it."
    ),
    "etag": lambda _: "A tag for the content: the browser sends it back, and gets 304 while nothing has changed.",
    "last-modified": lambda _: "The file’s date: a browser asks “since then?” and gets 304 while nothing has changed.",
    "access-control-allow-origin": lambda _: "Pages on any host may use it, fonts included. WhiteNoise adds it.",
    "strict-transport-security": lambda _: "From now on the browser comes by HTTPS only. SecurityMiddleware adds it.",
    "content-encoding": lambda _: "Compressed on the way.",
    "vary": lambda _: "A cache keeps one copy for each value of these request headers.",
    "x-frame-options": lambda _: "No other page may show this one in a frame. XFrameOptionsMiddleware adds it.",
}


def notes(headers: Mapping[str, str]) -> tuple[Note, ...]:
    """Every header, those that tell something first; `tells` is empty for the rest."""
    told = [Note(name, headers[name], tell(headers[name])) for name, tell in TELLS.items() if name in headers]
    return (*told, *(Note(name, value, "") for name, value in headers.items() if name not in TELLS))
