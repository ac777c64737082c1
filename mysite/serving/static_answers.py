"""What WhiteNoise answers, put right where nginx answers something else."""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.http import parse_etags

GetResponse = Callable[[HttpRequest], HttpResponse]


class StaticAnswersMiddleware:
    """What WhiteNoise 6.12 answers otherwise than nginx does.

    A range of a single byte is 416 there, one of no byte is the whole file in the guise of a part, and If-Range is
    not read, so that a download goes on with another file's bytes. A server may always ignore Range and send the whole
    file; that is how all three are fixed here. In If-None-Match it knows one tag, but no list, no star, and no weak
    tag (what a proxy makes of ours when it compresses); in Accept-Encoding it takes `gzip;q=0`, "not gzip", for a wish.
    The manifest, the list of every static file's name, is a file like any other to it; here it is nobody's business.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        storage = staticfiles_storage
        name = storage.manifest_name if isinstance(storage, ManifestFilesMixin) else None
        self.prefix = settings.STATIC_URL
        self.manifest = f"{settings.STATIC_URL}{name}" if name else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == self.manifest:
            headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
            return HttpResponseNotFound("Not found\n", content_type="text/plain", headers=headers)
        if not request.path_info.startswith(self.prefix):
            return self.get_response(request)
        if "HTTP_IF_RANGE" in request.META or is_for_no_byte(request.META.get("HTTP_RANGE", "")):
            request.META.pop("HTTP_RANGE", None)
        if "HTTP_ACCEPT_ENCODING" in request.META:
            request.META["HTTP_ACCEPT_ENCODING"] = wanted(request.META["HTTP_ACCEPT_ENCODING"])
        response = self.get_response(request)
        tag, asked = response.headers.get("ETag", ""), request.META.get("HTTP_IF_NONE_MATCH", "")
        if tag and response.status_code in (200, 206) and names(asked, tag):
            response.close()
            request.META["HTTP_IF_NONE_MATCH"] = tag
            return self.get_response(request)
        if response.status_code == 416:
            size = int(response.headers.get("Content-Range", "").removeprefix("bytes */") or 0)
            if has_bytes(request.META.pop("HTTP_RANGE", ""), size):
                return self.get_response(request)
        return response


def wanted(codings: str) -> str:
    """An Accept-Encoding header without what it says not to send."""
    return ",".join(one for one in codings.split(",") if not re.search(r";\s*q=0(\.0*)?\s*$", one, re.IGNORECASE))


def names(asked: str, tag: str) -> bool:
    """Whether an If-None-Match header names this tag, strong or weak, or any whatever."""
    return any(one.removeprefix("W/") in ("*", tag) for one in parse_etags(asked))


def is_for_no_byte(asked: str) -> bool:
    return re.fullmatch(r"bytes=-0+", asked.strip()) is not None


def has_bytes(asked: str, size: int) -> bool:
    """Whether a file of this size has what a Range header with one range asks for."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", asked.strip())
    if match is None:
        return False
    first, last = match.groups()
    if not first:
        return bool(last) and int(last) > 0 and size > 0
    return int(first) < size and (not last or int(first) <= int(last))
