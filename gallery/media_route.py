"""Whether this process would answer for a media file."""

from django.urls import Resolver404, resolve


def is_served(url: str) -> bool:
    """True where the URL conf has a route for it: the `static()` helper adds one only while DEBUG is on."""
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
