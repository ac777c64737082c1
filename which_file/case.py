"""What the checks are told about a project, so that none of them reads Django's global settings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import backends

UNSET = ("", None)
# Until Django 4.2 a setting of its own named each storage, and STORAGES did not exist.
BEFORE_STORAGES = {
    "default": ("DEFAULT_FILE_STORAGE", "django.core.files.storage.FileSystemStorage"),
    "staticfiles": ("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage"),
}


@dataclass(frozen=True)
class Case:
    """`settings` is anything with the settings as attributes; `apps` are names with their folders; `keeps_uploads`
    says that a model has a file field that uses the default storage, `blank_fields` are the names of those that may be
    empty, and of no others. `files` are the project's own files, where they
    were listed; `imports` allows the checks to import the storage classes."""

    settings: Any
    folder: Path
    apps: tuple[tuple[str, Path], ...] = ()
    keeps_uploads: bool = False
    file_fields: tuple[str, ...] = ()
    blank_fields: frozenset[str] = frozenset()
    files: tuple[Path, ...] = field(default=(), repr=False)
    imports: bool = False
    production: bool = False

    def get(self, name: str, default: Any = None) -> Any:
        return getattr(self.settings, name, default)

    @property
    def folders(self) -> list[Path]:
        """The project's folder, and BASE_DIR where that is another."""
        base = self.get("BASE_DIR")
        return [real(self.folder), *([real(base)] if isinstance(base, (str, Path)) and base else [])]

    @property
    def media_root(self) -> Path | None:
        """Where uploads land on this disk; None when they go elsewhere, or nothing says where."""
        if not self.uploads_to_disk:
            return None
        value = self.storage_options("default").get("location") or self.get("MEDIA_ROOT")
        return None if value in UNSET else real(value)

    @property
    def static_root(self) -> Path | None:
        value = self.get("STATIC_ROOT")
        return None if value in UNSET else real(value)

    @property
    def uploads_to_disk(self) -> bool:
        backend = self.backend("default")
        return not backend or "disk" in self.traits("default")

    def traits(self, alias: str) -> frozenset[str]:
        """What a storage is, by its class: see `backends.traits`."""
        return backends.traits(self.backend(alias), imports=self.imports)

    def backend(self, alias: str) -> str:
        """The dotted name of a storage, or "" where the settings do not say."""
        storages = self.get("STORAGES")
        if (storages is None or _before_storages()) and alias in BEFORE_STORAGES:
            return str(self.get(*BEFORE_STORAGES[alias]) or "")
        entry = (storages or {}).get(alias)
        return str(entry.get("BACKEND") or "") if isinstance(entry, dict) else ""

    def storage_options(self, alias: str) -> dict[str, Any]:
        entry = (self.get("STORAGES") or {}).get(alias)
        return (entry.get("OPTIONS") or {}) if isinstance(entry, dict) else {}

    @property
    def whitenoise(self) -> str:
        """The name of the WhiteNoise (or ServeStatic) middleware in MIDDLEWARE, or ""."""
        names = [name for name in self.get("MIDDLEWARE") or () if isinstance(name, str)]
        return next((name for name in names if backends.is_whitenoise(name, imports=self.imports)), "")

    def source_folders(self) -> Iterator[tuple[str, Path]]:
        """Where static files are written by hand: each folder with the words for it."""
        for place in self.static_dirs():
            shown = Path(os.path.relpath(place, self.folder)).as_posix() if within(real(place), self.folder) else place
            yield f"{shown} of STATICFILES_DIRS", real(place)
        for name, folder in self.apps:
            yield f"the static folder of the app {name}", real(folder / "static")

    def static_dirs(self) -> Iterator[Path]:
        entries = self.get("STATICFILES_DIRS")
        for entry in entries if isinstance(entries, (list, tuple)) else ():
            place = entry[1] if isinstance(entry, (list, tuple)) and len(entry) == 2 else entry
            if isinstance(place, (str, Path)):
                yield Path(place)

    def own_apps(self) -> Iterator[tuple[str, Path]]:
        """The apps that are in the project, not among its installed packages."""
        for name, folder in self.apps:
            if is_own(folder) and any(within(real(folder), place) for place in self.folders):
                yield name, folder

    def is_ours(self, file: Path) -> bool:
        """Whether a file is in the project and was not installed there."""
        return is_own(file) and any(within(real(file), place) for place in self.folders)


def _before_storages() -> bool:
    import django

    return django.VERSION < (4, 2)


def real(place: str | Path) -> Path:
    return Path(os.path.realpath(place))


def is_own(place: Path) -> bool:
    return not {"site-packages", "dist-packages", "node_modules"} & set(place.parts)


def within(inner: Path, outer: Path) -> bool:
    """Path.is_relative_to, which Python 3.8 does not have."""
    return inner == outer or outer in inner.parents


def overlap(first: Path, second: Path) -> bool:
    return within(first, second) or within(second, first)


def url(value: Any) -> str:
    """An address as Django makes it: `static/` is `/static/`. Empty for what is not set."""
    if value in UNSET:
        return ""
    value = str(value)
    return value if value.startswith(("http://", "https://", "/")) else f"/{value}"


def named(names: Iterable[str], most: int = 5) -> str:
    """`a, b, c and 4 more`."""
    names = list(names)
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def read(file: Path, most: int = 2_000_000) -> str:
    """The text of a file, or "" where it cannot be read or is too large to have been written by hand."""
    try:
        return "" if file.stat().st_size > most else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
