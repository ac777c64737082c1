"""The address of the stylesheet that paints the swatch."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest


def swatch(_request: HttpRequest) -> dict[str, str]:
    """Context processor: in development a `?` with the content's hash, to stand behind `{% static 'app.css' %}`.

    After a swap of app1 and app2 another file stands behind the same address. Its date is often the same, or older:
    the browser asks "changed since then?", runserver answers 304, and the old colour stays. In production the hash
    is in the name already.
    """
    winner = finders.find("app.css") if settings.DEBUG else None
    if not winner:
        return {"app_css_version": ""}
    return {"app_css_version": "?" + hashlib.sha256(Path(winner).read_bytes()).hexdigest()[:8]}
