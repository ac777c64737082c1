"""What a request says about its body, judged before a byte of it is read."""

import codecs
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]

LONGEST_NUMBER = 18  # digits; more bytes than there are
CHARSETS = {"utf-8", "ascii", "iso8859-1"}  # as codecs.lookup() calls them; browsers send the first


class BodyLimitMiddleware:
    """Answers 4xx to a body that is too large, of unknown length, packed, or in a charset that no browser uses.

    Django's DATA_UPLOAD_MAX_MEMORY_SIZE does not count files, so without this a declared terabyte would be read. A
    charset that Python knows and that is no text, such as hex, is a 500 in Django's own parser. So is, with DEBUG on,
    an address with too many fields: Django's page about the mistake reads them again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.limit = settings.MAX_BODY_BYTES
        self.fields = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING", "").count("&") >= self.fields:
            return render(request, "400.html", status=400)
        length = declared_length(request)
        if length is None:
            return closing(request, refused(request, 400, "Its Content-Length is no number."))
        if length > self.limit:
            return closing(request, render(request, "413.html", {"limit": self.limit}, status=413))
        if request.headers.get("Transfer-Encoding"):
            if length:
                why = "It states its length in two ways, which may contradict each other."
                return closing(request, refused(request, 400, why))
            return closing(request, refused(request, 411, "It does not say how long it is, so it could go on forever."))
        if request.headers.get("Content-Encoding", "identity") != "identity":
            return refused(request, 415, "It is packed: a few bytes could unpack to any number.")
        if not is_readable(request.content_type or "", request.content_params or {}):
            return refused(request, 415, "It is written in a charset other than UTF-8.")
        return self.get_response(request)


def declared_length(request: HttpRequest) -> int | None:
    """Return the Content-Length, 0 where there is none, and None for what is no number."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not (declared.isascii() and declared.isdecimal()):
        return None
    if len(declared) > LONGEST_NUMBER:  # Python refuses to make a number of more than 4,300 digits
        return int("9" * LONGEST_NUMBER)
    return int(declared)


def refused(request: HttpRequest, status: int, why: str) -> HttpResponse:
    """Return the page that says what is wrong with a body."""
    return render(request, "body.html", {"status": status, "why": why}, status=status)


def is_readable(content_type: str, params: dict[str, str]) -> bool:
    charset = params.get("charset", "utf-8")
    if content_type == "application/x-www-form-urlencoded":  # Django reads these in UTF-8 alone, under that one name
        return charset.lower() == "utf-8"
    try:
        return codecs.lookup(charset).name in CHARSETS
    except (LookupError, ValueError):
        return False


def closing(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tells the server to hang up: the unread body must not be taken for the next request.

    runserver's Python library forbids an application to say so, and reads the rest by itself.
    """
    if not request.META.get("SERVER_SOFTWARE", "").startswith("WSGIServer"):
        response["Connection"] = "close"
    return response
