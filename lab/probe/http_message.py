"""One HTTP exchange as bytes: a request to send to any server, and the answer as data."""

import http.client
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

HOST = "localhost:8000"


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer. Header names are lower-case; a repeated header's values are joined with ", "."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def request_bytes(
    method: str,
    target: str,
    *,
    cookie: str = "",
    content_type: str = "",
    body: bytes = b"",
    headers: Iterable[tuple[str, str]] = (),
) -> bytes:
    """Return a request as a browser would send it, without a session cookie and without Accept-Encoding.

    It asks for the connection to be kept, as browsers do; the caller closes its side after the answer.
    """
    lines = [f"{method} {target} HTTP/1.1", f"Host: {HOST}", "User-Agent: lab", "Accept: */*"]
    lines += [f"{name}: {value}" for name, value in headers]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def parse_answer(raw: bytes, method: str = "GET") -> Answer:
    """Return the answer in `raw` to a request of that method.

    Raises http.client.HTTPException when it is not an HTTP response.
    """
    recorded: Any = _Recorded(raw)  # it only ever calls makefile
    response = http.client.HTTPResponse(recorded, method=method)
    response.begin()
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return Answer(response.status, headers, response.read())


class _Recorded:
    """The part of a socket that http.client uses, over bytes that have already been received."""

    def __init__(self, raw: bytes) -> None:
        self._file = io.BytesIO(raw)

    def makefile(self, _mode: str) -> io.BytesIO:
        return self._file
