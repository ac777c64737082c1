"""Answers that belong to no app: the health check and the pages for errors."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mysite.serving import health
from mysite.web import modes, stations
from mysite.web.colophon import colophon
from mysite.web.preferences import preferences
from mysite.web.swatch import swatch

AWAY = "The database does not answer. Nothing you sent was kept half-way; ask again in a minute."
RETRY_AFTER = 30  # seconds: by then a database that was restarted answers again


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 while everything works, 503 when a part does not; the JSON names each part."""
    report = health.SITE.report()
    return JsonResponse(report, status=200 if set(report.values()) == {health.OK} else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Return the 404 page. Django's own view reads the form to check its token, and a form with too much in it is then
    a 500; this page has no form to protect."""
    return render(request, "404.html", {"trail": stations.trail(request, 404)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page, in the site's own look where that still works; 503 while the database is away.

    What broke may be the very thing the page needs: with a hashed storage, `{% static %}` itself raises when
    collectstatic has not run. The bare page names no static file.
    """
    if is_away(sys.exc_info()[1]):  # Django calls this while it handles the exception, and logs it afterwards
        return database_away(request)
    try:
        return render(request, "500.html", {"trail": stations.trail(request, 500)}, status=500)
    except Exception:
        return render(None, "500_bare.html", status=500)


def is_away(error: BaseException | None) -> bool:
    """Whether the database did not answer, or not in time. SQLite says "no such table" by the same exception."""
    return isinstance(error, InterfaceError | OperationalError) and "no such" not in str(error)


def database_away(request: HttpRequest) -> HttpResponse:
    """Without the context processors that ask for the session: it is in the database."""
    response: HttpResponse
    if request.headers.get("Accept", "").startswith("application/json"):
        response = JsonResponse({"photos": [], "message": AWAY}, status=503)  # as gallery/static/gallery/upload.js asks
    else:
        context = {"request": request, "message": AWAY}
        for processor in (modes.mode, swatch, preferences, colophon):
            context.update(processor(request))
        try:
            response = HttpResponse(render_to_string("503.html", context), status=503)
        except Exception:
            response = HttpResponse(AWAY, "text/plain", 503)
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response
