"""`manage.py runserver`: Django's own, with four of its faults fixed.

Stock runserver answers 500 to /static/../x when it is sent as written (browsers and curl tidy it up first), 200 to
PUT /static/app.css, and 500 to a charset with a NUL in it, before any middleware runs; and once it has answered a
request it reads what the Content-Length promised, in one go: a number of forty digits is a traceback in the terminal.
None does harm on your own machine; all look like a hole to an attacker. Everything else is the original: the finders
are asked at every request, no middleware runs for static files, no header is added. The lab's experiments run the stock
command, faults and all.
"""

from http import HTTPStatus
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.management.commands.runserver import Command as Runserver
from django.core.exceptions import SuspiciousFileOperation
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from mysite import first_visit

DIGITS = 9  # of Content-Length: below a gigabyte the middleware judges, with a page of its own


class StrictRequestHandler(WSGIRequestHandler):
    def parse_request(self) -> bool:
        """False, with an answer sent and the line about to be hung up, for a body that nobody could ever read."""
        if not super().parse_request():
            return False
        declared = self.headers.get("Content-Length", "").lstrip("0")
        if declared.isdecimal() and len(declared) > DIGITS:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return False
        return True


class StrictServer(WSGIServer):
    def __init__(self, address: Any, _handler: Any, **options: Any) -> None:
        super().__init__(address, StrictRequestHandler, **options)


class Command(Runserver):
    server_cls = StrictServer

    def inner_run(self, *args: Any, **options: Any) -> None:
        first_visit.begin()  # before the checks, which take their time
        super().inner_run(*args, **options)

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
