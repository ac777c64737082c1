"""Whether anybody answers for a media file in this mode."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve


def is_served(url: str) -> bool:
    """True where the URL conf has a route for it: the `static()` helper adds one only while DEBUG is on.

    An address on another host is that host's affair: a bucket, a CDN, or a second name of our own.
    """
    if urlsplit(url).netloc:
        return True
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
