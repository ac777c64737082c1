"""Which file the static files finders pick for a path, and every other file that wanted the same name.

Asked of Django's own finders (django.contrib.staticfiles.finders) and its own storage, never worked out here.
"""

import functools
import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage


class PathRefused(ValueError):
    """The path can't name a static file; the message says why and what to ask for instead."""


@dataclass(frozen=True)
class File:
    """One file on disk: `shown` is its path without this machine's folders, `size` in bytes."""

    shown: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Place:
    """One folder of a finder. `part` is wins, loses (it has the file too), empty, or unasked: Django had its answer
    before it came here."""

    owner: str
    folder: str
    part: str


@dataclass(frozen=True)
class Lane:
    """One finder of STATICFILES_FINDERS with its folders in the order in which it looks."""

    finder: str
    setting: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Race:
    """`collected` is what STATIC_ROOT holds under the path; `url` is None, with a `url_error`, where the storage
    refuses."""

    path: str
    lanes: tuple[Lane, ...]
    winner: File | None
    losers: tuple[File, ...]
    collected: File | None
    url: str | None
    url_error: str

    @property
    def stale(self) -> bool:
        """STATIC_ROOT holds other bytes than the finders' choice: collectstatic has not caught up."""
        return bool(self.winner and self.collected and self.winner.sha256 != self.collected.sha256)


ORDER_SETTINGS = {"FileSystemFinder": "STATICFILES_DIRS", "AppDirectoriesFinder": "INSTALLED_APPS"}


def checked_path(path: str) -> str:
    """The path as the finders take it: `app.css`, `admin/css/base.css`. Raises PathRefused.

    Django's finders themselves refuse what leads out of a folder, with an exception; a visitor deserves a sentence.
    """
    if not path:
        raise PathRefused("Give a path such as app.css or admin/css/base.css.")
    if len(path) > 500:
        raise PathRefused(f"That path has {len(path)} characters; 500 is the most this page looks for.")
    if not path.isprintable():
        raise PathRefused("That path has a character that can't be printed, so no static file has that name.")
    if path.startswith("/"):
        raise PathRefused(f"A static path has no leading slash: try {path.lstrip('/') or 'app.css'}.")
    if "\\" in path:
        raise PathRefused(f"A static path uses forward slashes on every system: try {path.replace(chr(92), '/')}.")
    if ":" in path or ".." in PurePosixPath(path).parts:
        raise PathRefused("A static path can't lead out of its folder: no .. and no drive letter.")
    return path


def run(path: str, static_root: Path | None) -> Race:
    """Let the finders race for a path. Raises PathRefused for a path that can't name a static file."""
    path = checked_path(path)
    lanes: list[Lane] = []
    hits: list[File] = []
    for finder in finders.get_finders():
        places = []
        found = _files(finder.find(path, find_all=True))
        for owner, folder in _folders(finder):
            hit = next((file for place, file in found.items() if place.is_relative_to(folder)), None)
            places.append(Place(owner, shown(folder), _part(bool(hit), bool(hits))))
            if hit:
                hits.append(hit)
        name = type(finder).__name__
        lanes.append(Lane(name, ORDER_SETTINGS.get(name, ""), tuple(places)))
    url, url_error = _url(path)
    return Race(
        path=path,
        lanes=tuple(lanes),
        winner=hits[0] if hits else None,
        losers=tuple(hits[1:]),
        collected=_file(static_root / path) if static_root else None,
        url=url,
        url_error=url_error,
    )


def _part(hit: bool, over: bool) -> str:
    if hit:
        return "loses" if over else "wins"
    return "unasked" if over else "empty"


def _folders(finder: Any) -> Iterable[tuple[str, Path]]:
    """A finder's folders in its order, each with the entry it comes from: an app's name or a STATICFILES_DIRS entry."""
    for prefix, root in getattr(finder, "locations", ()):
        yield (f'("{prefix}", …)' if prefix else "STATICFILES_DIRS"), Path(root)
    for app in getattr(finder, "apps", ()):
        yield app, Path(finder.storages[app].location)


def _files(found: Any) -> dict[Path, File]:
    """What `finder.find()` answered, by path; a folder of that name is no file."""
    places = found if isinstance(found, list) else [found] if found else []
    files = {Path(place): _file(Path(place)) for place in places}
    return {place: file for place, file in files.items() if file}


def _file(place: Path) -> File | None:
    try:
        content = place.read_bytes()
    except (OSError, ValueError):  # absent, a folder, a name too long for the file system
        return None
    return File(shown(place), len(content), hashlib.sha256(content).hexdigest())


def _url(path: str) -> tuple[str | None, str]:
    """What `{% static %}` makes of the path; the hashed storages raise ValueError for a path they don't know."""
    try:
        return staticfiles_storage.url(path), ""
    except ValueError as error:
        return None, str(error)


@functools.lru_cache(maxsize=1000)
def shown(place: Path) -> str:
    """A path from the project or from the installed package on: where a checkout lies is nobody's business."""
    roots = sorted((Path(entry) for entry in sys.path if entry), key=lambda root: -len(root.parts))
    for root in (*roots, Path.cwd()):
        if place.is_relative_to(root):
            return place.relative_to(root).as_posix()
    return place.name
