"""Whether anybody answers for a media file in this mode."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from gallery import front


def is_served(url: str, request: HttpRequest) -> bool:
    """True behind nginx, and where the URL conf has a route: the `static()` helper adds one only while DEBUG is on.

    An address on another host is that host's affair: a bucket, a CDN, or a second name of our own.
    """
    if urlsplit(url).netloc or front.is_nginx(request):
        return True
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
