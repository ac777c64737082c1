"""`manage.py runserver`: Django's own, with three of its faults mended.

Stock runserver answers 500 to /static/../x when it is sent as written (browsers and curl tidy it up first), 200 to
PUT /static/app.css, and 500 to a charset with a NUL in it, before any middleware runs. None does harm on one's own
machine; all look like a hole to whoever tries. Everything else is the original: the finders are asked at every request,
no middleware runs for static files, no header is added. The lab's experiments run the stock command, faults and all.
"""

from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.management.commands.runserver import Command as Runserver
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed


class Command(Runserver):
    def get_handler(self, *args: Any, **options: Any) -> Any:
        handler = super().get_handler(*args, **options)
        return StrictHandler(handler.application) if isinstance(handler, StaticFilesHandler) else handler


class StrictHandler(StaticFilesHandler):
    """The static files handler; what lies outside does not exist, and static files are for reading."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Every request comes by here; those for static files stay."""
        environ["CONTENT_TYPE"] = environ.get("CONTENT_TYPE", "").replace("\0", "")
        return super().__call__(environ, start_response)

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            return super().serve(request)
        except SuspiciousFileOperation as error:
            raise Http404("No static file lies outside the folders of static files.") from error
