"""Answers that belong to no app: the health check and the pages for errors."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mysite import health


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 while everything works, 503 when a part does not; the JSON names each part."""
    report = health.report()
    return JsonResponse(report, status=200 if set(report.values()) == {health.OK} else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page, in the site's own look where that still works.

    What broke may be the very thing the page needs: with a hashed storage, `{% static %}` itself raises when
    collectstatic has not run. The bare page names no static file.
    """
    try:
        return render(request, "500.html", status=500)
    except Exception:
        return render(None, "500_bare.html", status=500)
