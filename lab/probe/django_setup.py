"""A process in which a project's Django is set up: its commands, its checks and the addresses that it gives."""

import contextlib
import io
import os
import runpy
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from lab.observation import CommandStep, Fault
from lab.probe.place import place_of
from lab.process.call import ROOT, start

PRINTED_CHARACTERS = 200_000  # of a command, on one stream


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of setting Django up.

    `command` is what ran beside the checks, `static` maps a name to the address that the static tag gives for it, or
    to None where the tag raises. No texts are normalised.
    """

    command: CommandStep | None = None
    refused: Fault | None = None
    static: Mapping[str, str | None] = field(default_factory=dict)


def enter_project(project: Path) -> None:
    """Make this process look like one that was started in the project's folder; nothing of ours stays importable."""
    os.chdir(project)
    look_first_in(project)
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    sys.dont_write_bytecode = True  # settings.py may be rewritten within a second: a stale .pyc would win


def look_first_in(project: Path) -> None:
    """Import from the project's folder before all others, and nothing from this site, which has an app1 as well."""
    own = {"", str(ROOT), str(project)}
    sys.path[:] = [str(project), *(path for path in sys.path if path not in own)]


def run_command(
    project: Path, argv: tuple[str, ...], folder: str = "", environment: Mapping[str, str] | None = None
) -> CommandStep:
    """Run manage.py as `python manage.py …` would, and return the step, not normalised.

    `argv` starts with "manage.py"; `folder` below the project's is the working directory. For a process of its own.
    """
    os.environ.update(environment or {})
    enter_project(project)
    os.chdir(project / folder)
    stdout, stderr = Printed(), Printed()
    began = time.perf_counter()
    error: BaseException | None = None
    code = 0
    sys.argv = list(argv)
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            runpy.run_path(str(project / argv[0]), run_name="__main__")
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
            error = exit_.__context__  # Django ends a command with sys.exit() while it handles the CommandError
        except Exception as raised:
            code, error = 1, raised
            stderr.write(as_python_prints_it(raised, str(project / "manage.py")))
    return CommandStep(
        argv=("python", *argv),
        exit=code,
        stdout=stdout.getvalue(),
        stderr=stderr.getvalue(),
        ms=milliseconds_since(began),
        error=None if code == 0 or error is None else fault(error, project),
    )


class Printed(io.StringIO):
    """What a command prints, up to PRINTED_CHARACTERS; further characters are only counted."""

    _further = 0

    def write(self, text: str) -> int:
        """Return the length of `text`, whether it was kept or not."""
        room = max(0, PRINTED_CHARACTERS - self.tell())
        super().write(text[:room])
        self._further += len(text[room:])
        return len(text)

    def getvalue(self) -> str:
        further = f"\n… and {self._further} characters more\n" if self._further else ""
        return super().getvalue() + further


def prepare(
    project: Path,
    collect: tuple[str, ...] = (),
    static: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> Prepared:
    """Set Django up in this process, run the command `collect` in another one, and Django's checks beside it.

    `static` are names to ask the static tag for.
    """
    import django

    os.environ.update(environment or {})
    enter_project(project)
    refused: Fault | None = None
    try:
        django.setup()
    except Exception as error:
        refused = fault(error, project)
    command = start(run_command, project, collect) if collect else None
    if refused is None:
        refused = _check(project)  # meanwhile: no check looks at what collectstatic writes
    collected = None if command is None else command.result()
    # Only now: with hashed names the tag reads the manifest that collectstatic has written.
    addresses = {name: None if refused else _static(name) for name in static}
    return Prepared(collected, refused, addresses)


def _check(project: Path) -> Fault | None:
    """Return what `manage.py check` refuses, or None."""
    from django.core.management import call_command

    try:
        call_command("check", no_color=True, stdout=io.StringIO(), stderr=io.StringIO())
    except Exception as error:
        return fault(error, project)
    return None


def _static(name: str) -> str | None:
    from django.templatetags.static import static

    try:
        return str(static(name))
    except Exception:
        return None


def fault(error: BaseException, project: Path) -> Fault:
    """Return an exception as data: the class without its module, the message, and where in the project it arose."""
    return Fault(type(error).__name__, str(error), place_of(error, project))


def milliseconds_since(began: float) -> float:
    """Return the milliseconds since a time of time.perf_counter(), to a hundredth."""
    return round((time.perf_counter() - began) * 1000, 2)


def as_python_prints_it(error: BaseException, script: str) -> str:
    """Return the traceback that `python manage.py` prints: from that script on, without our own frames above it."""
    first: TracebackType | None = error.__traceback__
    while first is not None and first.tb_frame.f_code.co_filename != script:
        first = first.tb_next
    return "".join(traceback.format_exception(type(error), error, first or error.__traceback__))
