"""One request for one address, bounded in size and time. Nothing is followed, kept or sent along."""

from __future__ import annotations

import http.client
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

MOST_BYTES = 8_000_000
# As a browser asks, without the encodings that this Python cannot undo.
ENCODINGS = "gzip, deflate, br" if find_spec("brotli") else "gzip, deflate"


@dataclass(frozen=True)
class Answer:
    """`wire` are the bytes of the body as they came, `raw` after the encoding is undone; -1 where that is not known.

    `status` is 0 where nothing answered; `error` says why. `headers` have lower-case names.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    wire: int = 0
    raw: int = 0
    ms: int = 0
    error: str = ""
    body: bytes = field(default=b"", repr=False)


def ask(url: str, *, accept: str = "*/*", seconds: float = 10, connect: tuple[str, int] | None = None) -> Answer:
    """GET an http or https address. `connect` is where to connect instead of the address's host. Never raises."""
    parts = urlsplit(url)
    begun = time.monotonic()
    connection: http.client.HTTPConnection
    try:
        host, port = connect or (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(host, port, timeout=seconds)
        elif parts.scheme == "http":
            connection = http.client.HTTPConnection(host, port, timeout=seconds)
        else:
            return Answer(url, 0, {}, error=f"{parts.scheme or 'no'} address")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc.rpartition("@")[2], "Accept": accept, "Accept-Encoding": ENCODINGS}
        headers["User-Agent"] = "which-file xray"
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = _read(response, begun + seconds)
            found = _headers(response)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        return Answer(url, 0, {}, ms=_since(begun), error=str(error) or type(error).__name__)
    plain = decoded(body, found.get("content-encoding", ""))
    return Answer(
        url, response.status, found, len(body), -1 if plain is None else len(plain), _since(begun), body=plain or b""
    )


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)


def _headers(response: http.client.HTTPResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.getheaders():
        lower = name.lower()
        found[lower] = f"{found[lower]}, {value}" if lower in found else value
    return found


def _read(response: http.client.HTTPResponse, until: float) -> bytes:
    parts, size = [], 0
    while size < MOST_BYTES and time.monotonic() < until:
        part = response.read(65_536)
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)[:MOST_BYTES]


def decoded(body: bytes, encoding: str) -> bytes | None:
    """The body without its encoding; None where that cannot be undone here. At most MOST_BYTES."""
    encoding = encoding.strip().lower()
    try:
        if encoding in ("", "identity"):
            return body
        if encoding in ("gzip", "x-gzip", "deflate"):
            return zlib.decompressobj(wbits=47).decompress(body, MOST_BYTES)
        if encoding == "br":
            import brotli

            plain: Any = brotli.decompress(body)
            return bytes(plain)
    except Exception:  # a broken body, or no brotli
        return None
    return None
