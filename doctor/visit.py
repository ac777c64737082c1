"""A visit to another project: starts `away.py` there and makes a result of whatever comes of it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from . import checks
from .finding import Finding, found

SECONDS = 30
AWAY = Path(__file__).resolve().with_name("away.py")


@dataclass(frozen=True)
class Result:
    """`findings` are dicts as Finding.as_dict makes them, worst first."""

    project: str
    settings: str
    python: str | None = None
    django: str | None = None
    findings: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1)


def visit(project: Path, settings: str | None, python: str | None = None, seconds: float = SECONDS) -> Result:
    """Examine the project in `project` under its settings module. Never raises for what is wrong over there."""
    if not project.is_dir():
        return _failed(project, settings, found(checks.NO_FOLDER, folder=project))
    project = project.resolve()
    settings = settings or _settings_of(project)
    if settings is None:
        reason = f"{project.name} has no manage.py that names one"
        return _failed(project, None, found(checks.NO_SETTINGS, reason=reason, module="mysite.settings"))
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "DJANGO_SETTINGS_MODULE": settings}
    environment.pop("PYTHONPATH", None)
    command = [str(_executable(python)), "-B", str(AWAY), str(project), settings]
    try:
        process = subprocess.Popen(
            command,
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        finding = found(checks.PYTHON_DOES_NOT_START, python=python or sys.executable, error=error.strerror)
        return _failed(project, settings, finding)
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return _failed(project, settings, found(checks.TOO_SLOW, seconds=f"{seconds:g}"))
    finally:
        _end(process)
    try:
        answer = json.loads(output)
    except ValueError:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing was printed"]
        reason = f"its process ended with status {process.returncode} before it could answer: {last[0]}"
        return _failed(project, settings, found(checks.DOES_NOT_START, reason=reason))
    findings = list(answer["findings"])
    if "broken" in answer:
        findings.append(_broken(answer["broken"], project, settings).as_dict())
    return Result(str(project), settings, answer["python"], answer["django"], worst_first(findings))


def worst_first(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(findings, key=lambda finding: ("ERROR", "WARNING", "INFO").index(finding["level"]))


def _settings_of(project: Path) -> str | None:
    """What the project's manage.py sets, read and not run."""
    try:
        text = (project / "manage.py").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    match = re.search(r"""DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']""", text)
    return match[1] if match else None


def _executable(python: str | None) -> str:
    """A path counts from here, not from the project; a bare name is looked up as a shell would."""
    if python is None:
        return sys.executable
    return str(Path.cwd() / python) if len(Path(python).parts) > 1 else python


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends it with whatever it started, and takes what is left in its pipes."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _failed(project: Path, settings: str | None, finding: Finding) -> Result:
    return Result(str(project), settings or "", findings=[finding.as_dict()])


def _broken(broken: dict[str, Any], project: Path, settings: str) -> Finding:
    kind, message, missing = broken["type"], broken["message"], broken["name"] or ""
    file = Path(broken["file"] or "")
    where = file.relative_to(project).as_posix() if file.is_relative_to(project) else file.name
    reason = f"{kind} in {where}, line {broken['line']}: {message}"
    if broken["stage"] == "django" and kind == "ModuleNotFoundError":
        return found(checks.NO_DJANGO, python=_their_python(project))
    if kind == "ModuleNotFoundError" and (settings == missing or settings.startswith(f"{missing}.")):
        module = _settings_of(project) or "mysite.settings"
        return found(checks.NO_SETTINGS, reason=f"{settings} ({message})", module=module)
    if kind == "ModuleNotFoundError":
        return found(checks.PACKAGE_MISSING, reason=reason, python=_their_python(project))
    if isinstance(message, str) and kind in ("SyntaxError", "IndentationError", "TabError"):
        return found(checks.SYNTAX_ERROR, reason=reason)
    if kind in ("KeyError", "ImproperlyConfigured") and broken["stage"] == "settings":
        return found(checks.VALUE_MISSING, reason=reason)
    if broken["stage"] == "doctor":
        return found(checks.EXAMINATION_FAILED, reason=reason)
    return found(checks.DOES_NOT_START, reason=reason)


def _their_python(project: Path) -> str:
    """Return the Python of the project's own virtual environment, or PATH where it has none."""
    for place in (".venv/bin/python", "venv/bin/python", ".venv/Scripts/python.exe", "venv/Scripts/python.exe"):
        if (project / place).exists():
            return str(project / place)
    return "PATH"
