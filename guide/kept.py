"""Pages that never change while the process runs: rendered once for each host, then handed out."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import patch_vary_headers

from mysite import projector
from mysite.modes import this_mode

MOST = 500  # pages kept; a visitor who makes up host names can't fill the memory

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kept:
    plain: bytes
    zipped: bytes


def kept(view: View) -> View:
    """Keep what `view` answers with 200, under everything that the page's header depends on.

    With DEBUG on nothing is kept, so that an edit of a template shows. A page with a message for this visitor, or with
    a query string, is rendered for itself. No page with a secret in it (a CSRF token) may be kept: it is compressed.
    """
    pages: dict[tuple[str, str, str, bool], Kept] = {}

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DEBUG or request.META.get("QUERY_STRING") or len(get_messages(request)):
            return view(request, *args, **kwargs)
        host = split_domain_port(request.get_host())[0]
        key = (request.path, host, this_mode(request).label, projector.is_on(request))
        page = pages.get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or len(pages) >= MOST:
                return response
            page = pages[key] = Kept(response.content, gzip.compress(response.content, mtime=0))
        return _response(page, "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""))

    return answer


def _response(page: Kept, zipped: bool) -> HttpResponse:
    response = HttpResponse(page.zipped if zipped else page.plain)
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
