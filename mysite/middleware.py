"""A limit on the size of a request's body."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


class BodyLimitMiddleware:
    """Answers 413 to a request that declares more than MAX_BODY_BYTES, before a byte of it is read.

    Django's DATA_UPLOAD_MAX_MEMORY_SIZE does not count files, so without this a declared terabyte would be read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.limit = settings.MAX_BODY_BYTES

    def __call__(self, request: HttpRequest) -> HttpResponse:
        declared = request.headers.get("Content-Length", "")
        if declared.isdecimal() and int(declared) > self.limit:
            response = render(request, "413.html", {"limit": self.limit}, status=413)
            response["Connection"] = "close"  # the unread body must not be taken for the next request
            return response
        return self.get_response(request)
