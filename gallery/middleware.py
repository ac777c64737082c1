"""What goes along with a media file that Django itself serves, in development."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]
R = TypeVar("R", bound=HttpResponseBase)

# A file made from an upload is shown, never obeyed: without this one that a browser takes for a page would run with
# this site's rights. nginx and the bucket have to send the same.
MEDIA_CSP = "default-src 'none'; sandbox"
DAY = 24 * 60 * 60
LONGEST_NAME = 255  # bytes, on every usual disk
LONGEST_PATH = 1024  # bytes; Linux ends at 4,096 and macOS at 1,024, MEDIA_ROOT included, and ours have about 60


class MediaMiddleware:
    """Adds the headers to every file below MEDIA_URL, and answers there to GET and HEAD only.

    The `static()` helper's view sends a file, its type and its date, whatever the method, and nothing else.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.prefix = "" if urlsplit(settings.MEDIA_URL).netloc else settings.MEDIA_URL

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.prefix or not request.path.startswith(self.prefix):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not is_plain(request.path):
            raise Http404("No file of ours has such a name.")
        return guarded(self.get_response(request))


def guarded(response: R) -> R:
    """The answer with what belongs to a media file, or to the want of one."""
    if response.status_code in (200, 206, 304):
        response["Content-Security-Policy"] = MEDIA_CSP
        response["X-Content-Type-Options"] = "nosniff"
        # The names are random and their content never changes; a day, because people delete photos.
        patch_cache_control(response, public=True, max_age=DAY)
    else:
        patch_cache_control(response, no_store=True)
    return response


def is_plain(path: str) -> bool:
    """Whether the view may look for such a file at all: it answers 400 or 500 to what leads outside or is too long.

    A name that begins with a dot is hidden, half-written, or a way out; nobody has a link to it.
    """
    if "\0" in path or len(path.encode()) > LONGEST_PATH:
        return False
    return all(part[:1] != "." and len(part.encode()) <= LONGEST_NAME for part in path.split("/"))
