"""`python -m guide.mode_values MODULE…`: import settings modules and print the values that have a page, as JSON.

Run by guide.mode_settings in a process of its own: importing another settings module beside the site's own would mix
the two. One process for all of them: starting it and importing Django takes most of the time.
"""

import contextlib
import json
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from guide.setting_list import SETTINGS

SECRET = re.compile(r"secret|password|passwd|token|access_key|security|cloudfront_key", re.I)
NOT_SHOWN = "<not shown>"


# Fit to be imported with, and of no use otherwise.
MADE_UP = {
    "SECRET_KEY": "made up for looking at settings; nothing is signed with it",
    "ALLOWED_HOSTS": "www.example.com",
    "DATABASE_URL": "postgres://name:password@db.example.com:5432/name",
    "S3_REGION": "eu-central-1",
}
LINE = 60  # characters of a value that stay on one line
TRIES = 40  # variables that a module may ask for, one after the other
_WANTED = re.compile(r"environment variable (\w+) is not set|^'(\w+)'$")


class _Written:
    """A value as one would write it in the settings file."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def written(value: Any, base: Path) -> Any:
    """The value with paths below the project as BASE_DIR / "…", objects as their class's name, and no secrets."""
    if isinstance(value, dict):
        return {
            key: _Written(NOT_SHOWN) if isinstance(key, str) and SECRET.search(key) else written(inner, base)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(written(inner, base) for inner in value)
    if isinstance(value, Path):
        if value == base:
            return _Written("BASE_DIR")
        inside = value.relative_to(base).as_posix() if value.is_relative_to(base) else value.as_posix()
        return _Written(f'BASE_DIR / "{inside}"' if value.is_relative_to(base) else repr(inside))
    if isinstance(value, str | int | float | bool | None):
        return value
    return _Written(f"<{type(value).__name__}>")


def laid_out(value: Any, indent: str = "") -> str:
    """The value as ruff would write it: on one line where that is short, else an item a line."""
    line = repr(value)
    if not isinstance(value, dict | list | tuple) or len(line) <= LINE:
        return line
    opening, closing = {dict: ("{", "}"), list: ("[", "]")}.get(type(value), ("(", ")"))
    inner = indent + "    "
    if isinstance(value, dict):
        items = [f"{key!r}: {laid_out(item, inner)}" for key, item in value.items()]
    else:
        items = [laid_out(item, inner) for item in value]
    return "\n".join((opening, *(f"{inner}{item}," for item in items), f"{indent}{closing}"))


def at(module: Any, way: tuple[str, ...]) -> tuple[bool, Any]:
    """Whether there is something at the end of the way, and what."""
    if not hasattr(module, way[0]):
        return False, None
    value = getattr(module, way[0])
    for key in way[1:]:
        if isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return False, None
    return True, value


def imported(name: str) -> ModuleType:
    """Return the settings module, with something made up in each environment variable that it cannot do without.

    Raises whatever the module raises for another reason.
    """
    for _try in range(TRIES):
        forget(name)  # what it imported may read the variables too
        try:
            return import_module(name)
        except Exception as error:
            wanted = _WANTED.search(str(error))
            variable = (wanted[1] or wanted[2]) if wanted else ""
            if not variable or variable in os.environ:
                raise
            os.environ[variable] = MADE_UP.get(variable, "example")
    raise RuntimeError("it asks for too many environment variables")


def forget(name: str) -> None:
    """Let the module's whole package be imported again."""
    package = name.partition(".")[0]
    for other in [other for other in sys.modules if other.partition(".")[0] == package]:
        del sys.modules[other]


def told(name: str) -> dict[str, Any]:
    """Return the values as texts by the settings' names, or why there are none."""
    try:
        module = imported(name)
    except (Exception, SystemExit) as error:
        return {"values": {}, "refused": f"It could not be imported here: {_why(error)}"}
    base = Path(module.BASE_DIR)
    found = {setting.name: (setting.path[-1], *at(module, setting.path)) for setting in SETTINGS}
    return {
        "values": {
            name: NOT_SHOWN if SECRET.search(key) else laid_out(written(value, base))
            for name, (key, there, value) in found.items()
            if there
        }
    }


def _why(error: BaseException) -> str:
    """Name the class of the error and, where a package lacks, which: no more, since a message may quote a value."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"the package {error.name.partition('.')[0]} is not installed (requirements-cloud.txt)."
    return f"{type(error).__name__}."


def main(names: Sequence[str]) -> None:
    environ = dict(os.environ)
    answers = []
    for name in names:
        with contextlib.redirect_stdout(sys.stderr):  # a settings module may print
            answers.append(told(name))
        os.environ.clear()
        os.environ.update(environ)  # what was made up for one module is unset for the next
    print(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1:])
