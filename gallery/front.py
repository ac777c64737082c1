"""Whether nginx handed this request on: if so it serves media, and follows X-Accel-Redirect to private files.

nginx says so in the header X-Front, overwriting a visitor's own. A visitor who reaches the Python server directly could
still send one, so it counts only where it equals TRUSTED_FRONT: "nginx" is enough where nobody else reaches that
server; `manage.py sidebyside`, where both ways are open, draws a secret at every start.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


def is_nginx(request: HttpRequest) -> bool:
    trusted: str = settings.TRUSTED_FRONT
    return bool(trusted) and constant_time_compare(request.headers.get("X-Front", ""), trusted)


def accel_prefix(request: HttpRequest) -> str:
    """The `internal` location that has private media; empty where nobody would follow X-Accel-Redirect there."""
    return settings.MEDIA_ACCEL_PREFIX if is_nginx(request) else ""
