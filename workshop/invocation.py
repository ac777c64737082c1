"""Commands as they can be pasted into the terminal in which the workshop runs, with Python and folder."""

import shutil
import subprocess
import sys
from pathlib import Path

from workshop.exercise import Exercise


def invocation(action: str, exercise: Exercise | None = None) -> str:
    """Return a command of the workshop."""
    number = "" if exercise is None else f" {exercise.number}"
    return f"{python()} manage.py workshop {action}{number}"


def manage(place: Path) -> str:
    """Return how the manage.py in the learner's folder is run from here."""
    return f"{python()} {quoted(short(place / 'manage.py'))}"


def with_commands(text: str, place: Path | None) -> str:
    """Replace {manage} by how the project's manage.py is run: from here, or in its folder where there is no place."""
    return text.replace("{manage}", "python manage.py" if place is None else manage(place))


def python() -> str:
    """Return this Python by the shortest name that means it: that of an activated environment, or a path."""
    own = Path(sys.executable)
    for name in ("python", own.name):
        found = shutil.which(name)
        if found is not None and Path(found) == own:
            return name
    return quoted(short(own))


def quoted(path: str) -> str:
    """Return a path as the shells of all systems take it."""
    return subprocess.list2cmdline([path]) if sys.platform == "win32" or " " in path else path


def short(path: Path) -> str:
    """Relative to where the learner is, if that is below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
