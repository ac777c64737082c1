"""The page for an experiment that cannot run at the moment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS = 5  # where the error does not say when to ask again


def busy_page(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return a 503 whose Retry-After is the error's `retry_after`, where it has one."""
    seconds = getattr(error, "retry_after", SECONDS)
    response = render(request, "lab/busy.html", {"seconds": seconds}, status=503)
    response["Retry-After"] = str(seconds)
    return response
