"""A process in which the mini-project's Django is set up: commands, checks and what only Django itself can tell."""

import contextlib
import io
import os
import runpy
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from lab.process import own_process
from lab.process.own_process import ROOT

PRINTED_CHARACTERS = 200_000  # of a command, on one stream


def enter_project(project: str) -> None:
    """Make this process look like one that was started in the project's folder; nothing of ours stays importable."""
    os.chdir(project)
    look_first_in(project)
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    sys.dont_write_bytecode = True  # settings.py may be rewritten within a second: a stale .pyc would win


def look_first_in(project: str) -> None:
    """Import from the project's folder before all others, and nothing from this site, which has an app1 as well."""
    own = {"", str(ROOT), project}
    sys.path[:] = [project, *(path for path in sys.path if path not in own)]


def run_command(project: str, argv: list[str], folder: str = "") -> dict[str, Any]:
    """Run manage.py as `python manage.py …` would, and return a command step as a dict, not normalised.

    `argv` starts with "manage.py"; `folder` below the project's is the working directory. To be called in a process
    of its own.
    """
    enter_project(project)
    os.chdir(Path(project, folder))
    stdout, stderr = Printed(), Printed()
    began = time.perf_counter()
    error: BaseException | None = None
    code = 0
    sys.argv = argv
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            runpy.run_path(str(Path(project, argv[0])), run_name="__main__")
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
            error = exit_.__context__  # Django ends a command with sys.exit() while it handles the CommandError
        except Exception as raised:
            code, error = 1, raised
            stderr.write(_as_python_prints_it(raised, Path(project)))
    return {
        "argv": ["python", *argv],
        "exit": code,
        "stdout": stdout.getvalue(),
        "stderr": stderr.getvalue(),
        "ms": milliseconds_since(began),
        "error": None if code == 0 or error is None else fault(error),
    }


class Printed(io.StringIO):
    """What a command prints, up to PRINTED_CHARACTERS; what comes after is counted."""

    _further = 0

    def write(self, text: str) -> int:
        """As many characters as `text` has, kept or not."""
        room = max(0, PRINTED_CHARACTERS - self.tell())
        super().write(text[:room])
        self._further += len(text[room:])
        return len(text)

    def getvalue(self) -> str:
        further = f"\n… and {self._further} characters more\n" if self._further else ""
        return super().getvalue() + further


def prepare(project: str, collect: list[str] | None) -> dict[str, Any]:
    """Set Django up in this process, run collectstatic (in a process of its own) and the checks.

    Returns {"command": a step as from run_command, or None; "refused": a fault or None; "admin_css": the URL that the
    static tag gives for the admin's stylesheet, or None when it raises}.
    """
    import django

    enter_project(project)
    refused: dict[str, str] | None = None
    try:
        django.setup()
    except Exception as error:
        refused = fault(error)
    command = None
    if collect is not None:
        command = own_process.start("lab.probe.django_setup:run_command", project=project, argv=collect)
    if refused is None:
        refused = _check()  # meanwhile: no check looks at what collectstatic writes
    collected = None if command is None else command.result()
    admin_css = None if refused is not None else _admin_css()  # reads the manifest, so not before it is there
    return {"command": collected, "refused": refused, "admin_css": admin_css}


def _check() -> dict[str, str] | None:
    """What `manage.py check` refuses, or None."""
    from django.core.management import call_command

    try:
        call_command("check", no_color=True, stdout=io.StringIO(), stderr=io.StringIO())
    except Exception as error:
        return fault(error)
    return None


def _admin_css() -> str | None:
    from django.templatetags.static import static

    try:
        return str(static("admin/css/base.css"))
    except Exception:
        return None


def fault(error: BaseException) -> dict[str, str]:
    """An exception as data: the class without its module, and the message."""
    return {"type": type(error).__name__, "message": str(error)}


def milliseconds_since(began: float) -> float:
    """From a time of time.perf_counter() until now, to a hundredth of a millisecond."""
    return round((time.perf_counter() - began) * 1000, 2)


def _as_python_prints_it(error: BaseException, project: Path) -> str:
    """The traceback that `python manage.py` prints: from manage.py on, without what stands above it here."""
    manage = str(project / "manage.py")
    start: TracebackType | None = error.__traceback__
    while start is not None and start.tb_frame.f_code.co_filename != manage:
        start = start.tb_next
    return "".join(traceback.format_exception(type(error), error, start or error.__traceback__))
