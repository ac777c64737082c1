"""Where the loaded project has the file of an address: asked of its finders. The only part with Django."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils._os import safe_join

from ..collected import short
from .report import Origin

HASH = re.compile(r"\.[0-9a-f]{12}(?=\.[^.]*$|$)")


def explain_in(folder: Path) -> Callable[[str], Origin | None]:
    """Return a function that explains an address; `folder` is the one that paths are shown from."""

    def explain(url: str) -> Origin | None:
        path = unquote(urlsplit(url).path)
        static, media = (urlsplit(value).path for value in (settings.STATIC_URL or "", settings.MEDIA_URL or ""))
        if static.strip("/") and path.startswith(static):
            return _static(path[len(static) :], folder)
        if media.strip("/") and path.startswith(media) and settings.MEDIA_ROOT:
            return _media(path[len(media) :], folder)
        return None

    return explain


def _static(path: str, folder: Path) -> Origin | None:
    for name in dict.fromkeys((path, HASH.sub("", path))):
        try:
            found: Any = finders.find(name, **FIND_ALL)  # type: ignore[call-overload]
        except Exception:  # a path that leads out of a folder, or a finder of theirs
            return None
        places = [found] if isinstance(found, str) else list(found or ())
        if places:
            winner, *losers = (short(Path(place), folder) for place in places)
            return Origin(name, winner, _finder(name), tuple(losers))
    return None


def _finder(name: str) -> str:
    for finder in finders.get_finders():
        if finder.find(name):
            return type(finder).__name__
    return ""


def _media(path: str, folder: Path) -> Origin | None:
    try:
        place = Path(safe_join(str(settings.MEDIA_ROOT), path))
    except ValueError:
        return None
    return Origin(path, short(place, folder)) if place.is_file() else None


def _find_all() -> dict[str, bool]:
    import django

    return {"find_all": True} if django.VERSION >= (5, 2) else {"all": True}


FIND_ALL = _find_all()
