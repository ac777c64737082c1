"""What the checks are told about a project, so that none of them reads Django's global settings."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNSET = ("", None)


@dataclass(frozen=True)
class Case:
    """`settings` is anything with the settings as attributes; `apps` are names with their folders; `keeps_uploads`
    says that a model has a file field that uses the default storage."""

    settings: Any
    folder: Path
    apps: tuple[tuple[str, Path], ...] = ()
    keeps_uploads: bool = False

    def get(self, name: str, default: Any = None) -> Any:
        return getattr(self.settings, name, default)

    @property
    def folders(self) -> list[Path]:
        """The project's folder, and BASE_DIR where that is another."""
        base = self.get("BASE_DIR")
        return [real(self.folder), *([real(base)] if isinstance(base, (str, Path)) and base else [])]

    @property
    def media_root(self) -> Path | None:
        """Where uploads land on this disk; None when they go elsewhere, or nobody said where."""
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
        return not backend or backend.rpartition(".")[2].endswith("FileSystemStorage")

    def backend(self, alias: str) -> str:
        """The dotted name of a storage, or "" where STORAGES does not say."""
        entry = (self.get("STORAGES") or {}).get(alias)
        return str(entry.get("BACKEND") or "") if isinstance(entry, dict) else ""

    def storage_options(self, alias: str) -> dict[str, Any]:
        entry = (self.get("STORAGES") or {}).get(alias)
        return (entry.get("OPTIONS") or {}) if isinstance(entry, dict) else {}

    def source_folders(self) -> Iterator[tuple[str, Path]]:
        """Where static files are written by hand: each folder with the words for it."""
        for entry in self.get("STATICFILES_DIRS") or ():
            place = entry[1] if isinstance(entry, (list, tuple)) and len(entry) == 2 else entry
            if isinstance(place, (str, Path)):
                yield f"{place} of STATICFILES_DIRS", real(place)
        for name, folder in self.apps:
            yield f"the static folder of the app {name}", real(folder / "static")

    def own_apps(self) -> Iterator[tuple[str, Path]]:
        """The apps that lie in the project, not among its installed packages."""
        for name, folder in self.apps:
            if is_own(folder) and any(real(folder).is_relative_to(place) for place in self.folders):
                yield name, folder


def real(place: str | Path) -> Path:
    return Path(os.path.realpath(place))


def is_own(place: Path) -> bool:
    return not {"site-packages", "dist-packages", "node_modules"} & set(place.parts)


def overlap(first: Path, second: Path) -> bool:
    return first.is_relative_to(second) or second.is_relative_to(first)


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
