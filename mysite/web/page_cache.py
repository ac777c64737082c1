"""Pages that are the same for everybody: rendered once for each host, then handed out."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import patch_vary_headers

from mysite.web import preferences
from mysite.web.colophon import weighed
from mysite.web.modes import this_mode

MOST = 500  # pages kept; a visitor who makes up host names can't fill the memory

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kept:
    """`until` is a time of time.monotonic()."""

    plain: bytes
    zipped: bytes
    until: float


def kept_for(seconds: float) -> Callable[[View], View]:
    """Keep what a view answers with 200, under everything that the page's header depends on.

    With DEBUG on nothing is kept, so that an edit of a template shows. A page with a message for this visitor, or with
    a query string, is rendered for itself. No page with a secret in it (a CSRF token) may be kept: it is compressed.
    A hundred visitors at once wait for one rendering instead of each doing their own.
    """

    def decorated(view: View) -> View:
        pages: dict[tuple[str, ...], Kept] = {}
        rendering = threading.Lock()

        def fresh(key: tuple[str, ...]) -> Kept | None:
            page = pages.get(key)
            return page if page and time.monotonic() < page.until else None

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if settings.DEBUG or request.META.get("QUERY_STRING") or len(get_messages(request)):
                return view(request, *args, **kwargs)
            host = split_domain_port(request.get_host())[0]
            key = (request.path, host, this_mode(request).label, *preferences.chosen(request).values())
            page = fresh(key)
            if page is None:
                with rendering:
                    page = fresh(key)
                    if page is None:
                        response = view(request, *args, **kwargs)
                        if response.status_code != 200 or (len(pages) >= MOST and key not in pages):
                            return response
                        plain, zipped = (weighed(response.content, zipped=asked) for asked in (False, True))
                        page = pages[key] = Kept(plain, zipped, time.monotonic() + seconds)
            return _response(page, "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""))

        return answer

    return decorated


kept = kept_for(math.inf)  # as long as the process runs, for what never changes


def _response(page: Kept, zipped: bool) -> HttpResponse:
    response = HttpResponse(page.zipped if zipped else page.plain)
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
