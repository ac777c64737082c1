"""A line for a POSIX shell, as a reader of this site would type it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from lab.observation import CommandStep
from lab.probe import python_server
from lab.probe.django_setup import milliseconds_since
from lab.process.call import FORK, ROOT
from lab.process.compressors import MEMORY

SECONDS = 45.0
STARTUP = ROOT / "lab" / "process" / "python_of_a_shell"


class Shell:
    """Runs the lines of one plan. `own` is a folder for what they need beside the project."""

    def __init__(self, own: Path) -> None:
        self._own = own
        self._environment: dict[str, str] = {}

    def run(self, line: str, folder: Path, environment: Mapping[str, str]) -> CommandStep:
        """Run the line in that folder, this Python first in its PATH; return the step, not normalised."""
        if not self._environment:
            self._environment = self._prepared()
        return _run(line, folder, {**self._environment, **environment})

    def _prepared(self) -> dict[str, str]:
        """Start what makes the lines' Python quick, and return the variables of every line."""
        variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **_remembered()}
        quick = python_server.start(self._own / "python", variables) if FORK else None
        places = [quick, Path(sys.executable).parent, os.environ.get("PATH", "")]
        return {**variables, "PATH": os.pathsep.join(str(place) for place in places if place is not None)}


def _run(line: str, folder: Path, environment: Mapping[str, str]) -> CommandStep:
    began = time.perf_counter()
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
    )
    return CommandStep((line,), done.returncode, done.stdout, done.stderr, milliseconds_since(began))


def _remembered() -> dict[str, str]:
    """Return variables by which the Python of a shell line finds what was compressed before; none without that."""
    if not MEMORY:
        return {}
    file = Path(tempfile.gettempdir(), "compressed.json")
    file.write_text(MEMORY.to_json(), encoding="utf-8")
    return {"LAB_COMPRESSED": str(file), "PYTHONPATH": str(STARTUP)}
