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

SECONDS = 30
AWAY = Path(__file__).resolve().with_name("away.py")


@dataclass(frozen=True)
class Result:
    """`findings` are dicts with id, level, message, hint and symptom, worst first."""

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
        return _failed(project, settings, "E090", f"There is no folder {project}.", "Give the folder with manage.py.")
    project = project.resolve()
    settings = settings or _settings_of(project)
    if settings is None:
        why = f"Which settings? {project.name} has no manage.py that names them."
        return _failed(project, None, "E091", why, "Give --settings, such as --settings mysite.settings.")
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
        why = f"{python or sys.executable} does not start: {error.strerror}."
        return _failed(project, settings, "E092", why, "--python takes the path of a Python, as in .venv/bin/python.")
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        why = f"The project did not finish loading within {seconds:g} seconds, and was stopped."
        advice = "Look for what waits in its settings or apps: a network, a database, an input()."
        return _failed(project, settings, "E093", why, advice)
    finally:
        _end(process)
    try:
        answer = json.loads(output)
    except ValueError:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing was printed"]
        why = f"The process ended with status {process.returncode} before it could answer: {last[0]}"
        return _failed(project, settings, "E094", why, "See whether `python manage.py check` works in that folder.")
    findings = list(answer["findings"])
    if "broken" in answer:
        findings.append(_broken(answer["broken"], project, settings))
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


def _failed(project: Path, settings: str | None, number: str, message: str, hint: str) -> Result:
    return Result(str(project), settings or "", findings=[_finding(number, message, hint)])


def _finding(number: str, message: str, hint: str) -> dict[str, Any]:
    return {"id": f"doctor.{number}", "level": "ERROR", "message": message, "hint": hint, "symptom": None}


def _broken(broken: dict[str, Any], project: Path, settings: str) -> dict[str, Any]:
    kind, message, missing = broken["type"], broken["message"], broken["name"] or ""
    file = Path(broken["file"] or "")
    where = file.relative_to(project).as_posix() if file.is_relative_to(project) else file.name
    said = f"{kind} in {where}, line {broken['line']}: {message}"
    if broken["stage"] == "django" and kind == "ModuleNotFoundError":
        return _finding("E095", "This Python has no Django.", _their_python(project))
    if kind == "ModuleNotFoundError" and (settings == missing or settings.startswith(f"{missing}.")):
        meant = _settings_of(project)
        hint = (
            f"manage.py there names {meant}."
            if meant and meant != settings
            else "Give the dotted name, seen from the folder of manage.py."
        )
        return _finding("E091", f"There is no settings module {settings}: {message}.", hint)
    if kind == "ModuleNotFoundError":
        return _finding("E096", said, _their_python(project))
    if isinstance(message, str) and kind in ("SyntaxError", "IndentationError", "TabError"):
        return _finding("E097", said, "Correct that line; nothing else can be said before the project loads.")
    if kind in ("KeyError", "ImproperlyConfigured") and broken["stage"] == "settings":
        return _finding("E098", said, "If that is an environment variable, set it for this command as for the server.")
    if broken["stage"] == "doctor":
        return _finding("E099", said, "The examination itself failed; `python manage.py check` may say more.")
    return _finding("E094", said, "The project does not start; see what `python manage.py check` says there.")


def _their_python(project: Path) -> str:
    for place in (".venv/bin/python", "venv/bin/python", ".venv/Scripts/python.exe", "venv/Scripts/python.exe"):
        if (project / place).exists():
            return f"Use the project's own Python: --python {project / place}"
    return "Use the Python in which the project's requirements are installed: --python PATH"
