"""The project that every case begins with: what this Django's own startproject and startapp write."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.core.management import call_command

from guide.cases.overlay import laid_over

FOLDER = Path(__file__).resolve().parents[1] / "symptoms" / "_base"
PROJECT, APP = "project", "shop"
SECRET_KEY = "django-insecure-of-a-case"  # noqa: S105 - nothing is signed with it outside of a run


class BaseError(ValueError):
    """There is no base of that name. The message names those there are."""


@cache
def base(name: str) -> Mapping[str, bytes]:
    """Return path -> content of the base project `name`. Raises BaseError.

    "bare" is `startproject project` and `startapp shop`, the app not installed. "page" adds the app to INSTALLED_APPS,
    with one page and its stylesheet. "upload" adds a model with a file field and a form to "page".
    """
    layers = {"bare": (), "page": ("page",), "upload": ("page", "upload")}.get(name)
    if layers is None:
        raise BaseError(f"there is no base {name!r}; there are bare, page and upload")
    files = _started()
    for layer in layers:
        files = laid_over(files, files_below(FOLDER / layer))
    return files


def _started() -> dict[str, bytes]:
    """Return what this Django's startproject and startapp write, with a fixed SECRET_KEY."""
    with tempfile.TemporaryDirectory() as folder:
        call_command("startproject", PROJECT, folder)
        app = Path(folder, APP)
        app.mkdir()
        call_command("startapp", APP, str(app))
        files = files_below(Path(folder))
    settings = files[f"{PROJECT}/settings.py"].decode().splitlines()
    settings = [f'SECRET_KEY = "{SECRET_KEY}"' if line.startswith("SECRET_KEY = ") else line for line in settings]
    return {**files, f"{PROJECT}/settings.py": ("\n".join(settings) + "\n").encode()}


def files_below(folder: Path) -> dict[str, bytes]:
    """Return path, with forward slashes -> content of every file below `folder`; none when it is not there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
