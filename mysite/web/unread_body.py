"""What an answer leaves unread of a request's body."""

import contextlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mysite.web.body_limit import declared_length

GetResponse = Callable[[HttpRequest], HttpResponse]

CHUNK_BYTES = 64 * 1024


class UnreadBodyMiddleware:
    """Reads a request's body to its end before the answer leaves.

    A view may answer without the body, and Django gives up half-way on a form with too many files or too much text. A
    server that closes a connection with unread bytes in it resets the connection: nginx, which is still sending, then
    answers 502 instead of what Django said, and a browser shows no page at all. A body of unknown length, and one that
    is too large for BodyLimitMiddleware, stays unread.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.limit = settings.MAX_BODY_BYTES

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        length = declared_length(request)
        if length and length <= self.limit and not request.headers.get("Transfer-Encoding"):
            with contextlib.suppress(OSError):  # the visitor has gone
                while request.read(CHUNK_BYTES):
                    pass
        return response
