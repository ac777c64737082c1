"""Who may have a folder checked: a check runs that folder's code, so nobody but the person at this machine."""

from ipaddress import ip_address

from django.http import HttpRequest
from django.http.request import split_domain_port

HANDED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via", "X-Front")

IN_PRODUCTION = (
    "This is production, which runs nobody’s exercises. Checks are made in development, on your own machine."
)
FROM_ELSEWHERE = "A check runs code on the machine that this site runs on, so only the person there may ask for it."
FROM_ANOTHER_SITE = "Another site asked for this in your name."


def refusal(request: HttpRequest, debug: bool) -> str:
    """Why this request may neither see nor run what is in the learner's folder, in a sentence; empty when it may."""
    if not debug:
        return IN_PRODUCTION
    if not _is_own(request):
        return FROM_ELSEWHERE
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return FROM_ANOTHER_SITE
    return ""


def _is_own(request: HttpRequest) -> bool:
    """Whether it came from this machine straight to this server, by a name that leads nowhere else.

    A proxy or a tunnel on this machine has a loopback address too; it gives itself away by what it adds. A foreign name
    that somebody made lead here (DNS rebinding) is refused as well, whatever ALLOWED_HOSTS says.
    """
    if any(name in request.headers for name in HANDED_ON):
        return False
    host, _port = split_domain_port(request.get_host())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host.strip("[]")))


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback
