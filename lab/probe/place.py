"""Where in a project an exception arose: a file of the project, a line, and what that line says."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

TEXT_CHARACTERS = 200
ENTRANCES = ("manage.py", "project/wsgi.py", "project/asgi.py")  # every traceback passes one, and none is to blame


def place_of(error: BaseException, project: Path) -> str:
    """Return such as "library/views.py, line 11: return page(request)", or "" when no file of the project is in it.

    A template's line counts as well. Of an exception that was raised because of another, the outer one is asked first.
    """
    roots = [project, project.resolve()]
    told: BaseException | None = error
    while told is not None:
        places = [place for place in _passed(told) if (path := _below(place[0], roots)) and path not in ENTRANCES]
        if places:
            file, line = places[-1]
            text = _line(file, line)
            return f"{_below(file, roots)}, line {line}" + (f": {text}" if text else "")
        told = told.__cause__ or told.__context__
    return ""


def _passed(error: BaseException) -> Iterator[tuple[str, int]]:
    """Yield (file, line) of every frame from the outermost on; then the line that Python could not read."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield _in_template(frame, error) or (frame.f_code.co_filename, line)
    if isinstance(error, SyntaxError) and error.filename:
        yield str(error.filename), error.lineno or 1


def _in_template(frame: FrameType, error: BaseException) -> tuple[str, int] | None:
    """Return (file, line) in the template that the frame of Django's template engine works on."""
    if not frame.f_code.co_filename.replace("\\", "/").endswith("django/template/base.py"):
        return None
    subject: Any = frame.f_locals.get("self")
    token: Any = getattr(error if frame.f_code.co_name == "compile_nodelist" else subject, "token", None)
    origin: Any = getattr(subject, "origin", None)
    return (str(origin.name), int(token.lineno)) if hasattr(origin, "name") and hasattr(token, "lineno") else None


def _below(file: str, roots: list[Path]) -> str:
    """Return the file's path relative to the project, with forward slashes; "" for a file elsewhere."""
    path = Path(file)
    for root in roots:
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return ""


def _line(file: str, number: int) -> str:
    try:
        lines = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1].strip()[:TEXT_CHARACTERS] if number <= len(lines) else ""
