"""A line for a POSIX shell, as a reader of this site would type it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from lab.observation import CommandStep
from lab.probe.django_setup import milliseconds_since
from lab.process.call import ROOT
from lab.process.compressors import MEMORY

SECONDS = 45.0
STARTUP = ROOT / "lab" / "process" / "python_of_a_shell"


def shell_command(line: str, project: Path, folder: str, environment: Mapping[str, str]) -> CommandStep:
    """Run the line in `folder` below the project's, this Python first in its PATH; return the step, not normalised."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    began = time.perf_counter()
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=project / folder,
        env={**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1", **_remembered(), **environment},
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
