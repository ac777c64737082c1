"""The board behind an ASGI server, which holds a slow client at the price of a coroutine instead of a thread.

Django's own ASGI handler reads a whole body, however long and however slow, before anything can judge it. So it is read
here: at most BODY_BYTES, within BODY_SECONDS.
"""

import asyncio
import ipaddress
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.asgi import get_asgi_application

BODY_BYTES = 16_000
BODY_SECONDS = 5.0

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.board")
_django: Any = get_asgi_application()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    sent = {name.lower(): value for name, value in scope["headers"]}
    if not is_own_name(sent.get(b"host", b"").decode("latin-1")):
        await _answer(send, 400, "Ask for the board by its address in numbers.")
        return
    if len(scope.get("raw_path") or scope["path"]) + len(scope.get("query_string", b"")) > 1000:
        await _answer(send, 414, "That address is too long.")
        return
    if "gzip" in sent.get(b"content-encoding", b"").decode("latin-1"):
        await _answer(send, 415, "Send it unpacked.")
        return
    try:
        body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
    except TimeoutError:
        await _answer(send, 408, "That took too long.")
        return
    except _TooLong:
        await _answer(send, 413, "That is too long.")
        return
    except _Gone:
        return
    given = False

    async def once() -> Any:
        nonlocal given
        if given:
            return await receive()  # the disconnect, when it comes
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    await _django(scope, once, send)


class _TooLong(Exception):
    """The body is."""


class _Gone(Exception):
    """The client hung up."""


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message: dict[str, Any] = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        body += bytes(message.get("body", b""))
        if len(body) > BODY_BYTES:
            raise _TooLong
        if not message.get("more_body", False):
            return body


async def _answer(send: Send, status: int, text: str) -> None:
    """`text` as the JSON that workshop.joining reads, and hang up: what is left of the body is not wanted."""
    content = f'{{"error": "{text}"}}\n'.encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def is_own_name(host: str) -> bool:
    """Whether a Host header names this machine: by an address, which no other site's name can pretend to be (DNS
    rebinding), as localhost, or by the machine's own name."""
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    name = name.strip("[]").lower().rstrip(".")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = socket.gethostname().lower()
        return name in ("localhost", own) or name.endswith(".local")
    return True
