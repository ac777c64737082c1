"""The project's own files: what its folder holds without environments, packages and version control."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

SKIPPED = frozenset(
    {
        *("node_modules", "bower_components", "__pycache__", "site-packages", "dist-packages"),
        *(".git", ".hg", ".svn", ".tox", ".nox", ".venv", "venv", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
        *(".idea", ".vscode", ".cache", "htmlcov"),
    }
)
MOST_FILES = 40_000
MOST_LEVELS = 14


def root_of(folder: Path) -> Path:
    """The folder with `.git`, at most two levels above manage.py; where there is none, the folder itself."""
    for place in (folder, *list(folder.parents)[:2]):
        if (place / ".git").exists():
            return place
    return folder


def files_of(folder: Path, without: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Every file below `folder` in a fixed order, at most MOST_FILES. Never raises."""
    left_out = {os.path.realpath(place) for place in without}
    found: list[Path] = []
    depth = len(folder.parts)
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in SKIPPED
            and not os.path.exists(os.path.join(place, name, "pyvenv.cfg"))  # noqa: PTH110, PTH118 - called often
            and os.path.realpath(os.path.join(place, name)) not in left_out  # noqa: PTH118
        )
        if len(Path(place).parts) - depth >= MOST_LEVELS:
            folders[:] = []
        found += [Path(place) / name for name in sorted(names)]
        if len(found) > MOST_FILES:
            break
    return tuple(found[:MOST_FILES])
