"""A visit to a project: starts `away.py` with the project's Python, and makes a result of whatever comes of it."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import checks, project
from .case import read
from .finding import Finding, found

SECONDS = 90
AWAY = Path(__file__).resolve().with_name("away.py")
MOST_VARIABLES = 40
OFF = " (DEBUG off)"  # behind a module's name: examined as on a server
REQUIRED = re.compile(
    r"""(?:environ\s*\[|\benv(?:\.(?:str|int|bool|list|url|db|path))?\(|\bconfig\(|\bget_env\w*\()\s*["']([A-Z][A-Z0-9_]+)["']\s*[\])]"""
)
NO_DATABASE = re.compile(
    r"OperationalError|Error loading (?:MySQLdb|psycopg2?|cx_Oracle|oracledb)|'?(?:MySQLdb|psycopg2?)'? module"
)
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")
ASKED = re.compile(
    r"""(?:environ(?:\.get)?|getenv|env(?:\.\w+)?|config|get_env\w*|env_\w+|get_secret|require_env|getvar|\w*[eE]nv\w*)\s*[\[(]\s*["']([A-Za-z_]\w*)["']"""
)


@dataclass(frozen=True)
class Column:
    """One settings module, as it is or with DEBUG taken as off, and what a visit told of it."""

    settings: str
    production: bool
    answer: Mapping[str, Any]

    @property
    def name(self) -> str:
        return (self.settings or "manage.py") + (OFF if self.production else "")

    @property
    def loaded(self) -> bool:
        return "serves" in self.answer


@dataclass(frozen=True)
class Result:
    """`findings` are dicts as Finding.as_dict makes them, worst first. `examined` is False where nothing could be."""

    folder: str
    columns: tuple[Column, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    python: str = ""
    missing: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def examined(self) -> bool:
        return any(column.loaded for column in self.columns)


@dataclass
class Visitor:
    """What stays the same during one visit: the Python, the variables, the time that is left, and whether production
    alone was asked about."""

    folder: Path
    python: str
    environment: dict[str, str]
    until: float
    seconds: float
    no_database: bool = False
    for_production: bool = False
    missing: list[str] = field(default_factory=list)
    examples: dict[str, str] = field(default_factory=dict)

    def examine(self, settings: str, *, production: bool) -> Mapping[str, Any]:
        """The answer of the child; missing variables are given stand-ins until the settings load."""
        attempts: dict[str, int] = {}
        while True:
            answer = self.once(settings, production=production)
            broken = answer.get("broken")
            if broken and not self.no_database and NO_DATABASE.search(f"{broken['type']} {broken['message']}"):
                self.no_database = True
                continue
            if not broken or broken["stage"] not in ("settings", "setup") or len(attempts) >= MOST_VARIABLES:
                return answer
            names = missing_variables(broken)
            fresh = [name for name in names if attempts.get(name, -1) < 2 and self._may_set(name)]
            if not fresh:
                return answer
            for name in dict.fromkeys([*fresh, *self._asked_beside(broken)]):
                attempts[name] = attempts.get(name, -1) + 1
                first = attempts[name] == 0
                given = self.examples.get(name) if first else None
                self.environment[name] = given or project.stand_in(name, attempts[name])
                if name not in self.missing:
                    self.missing.append(name)

    def _asked_beside(self, broken: Mapping[str, Any]) -> list[str]:
        """What the same settings files ask for without a default: to be listed, and set, with the first one."""
        file = Path(broken["file"] or "")
        if self.folder not in file.parents or broken["stage"] != "settings":
            return []
        files = sorted(file.parent.glob("*.py")) if "settings" in file.as_posix() else [file]
        asked = [name for one in files for name in REQUIRED.findall(_always_run(read(one)))]
        own = project.variables(self.folder / ".env")
        return [name for name in asked if name not in self.environment and name not in own]

    def _may_set(self, name: str) -> bool:
        return name in self.missing or name not in self.environment

    def once(self, settings: str, *, production: bool) -> Mapping[str, Any]:
        left = self.until - time.monotonic()
        request = {
            "folder": str(self.folder),
            "settings": settings,
            "production": production,
            "for_production": self.for_production,
            "missing": self.missing,
            "no_database": self.no_database,
            "seconds": max(1.0, left - 2),
        }
        try:
            process = subprocess.Popen(
                [self.python, "-B", str(AWAY)],
                cwd=str(self.folder),
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            return _broken("start", error.strerror or "OSError")
        try:
            output, errors = process.communicate(json.dumps(request).encode(), timeout=max(0.1, left))
        except subprocess.TimeoutExpired:
            return _broken("time", f"{self.seconds:g}")
        finally:
            _end(process)
        try:
            answer: dict[str, Any] = json.loads(output)
        except ValueError:
            lines = errors.decode("utf-8", "replace").strip().splitlines()
            if re.search(r"SyntaxError|annotations is not defined|future feature", "\n".join(lines[-3:])):
                version = _version(self.python)
                if version:
                    return _broken("old", f"Python {version}")
            last = lines[-1] if lines else "nothing was printed"
            reason = f"its process ended with status {process.returncode} before it could answer: {last}"
            return _broken("ended", reason)
        return answer


def _broken(stage: str, message: str) -> Mapping[str, Any]:
    return {
        "python": "",
        "django": None,
        "findings": [],
        "broken": {
            "stage": stage,
            "type": "",
            "message": message,
            "cause": "",
            "name": None,
            "key": None,
            "file": "",
            "line": 0,
            "source": "",
        },
    }


def _version(python: str) -> str:
    try:
        answer = subprocess.run([python, "-V"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    version = (answer.stdout + answer.stderr).strip().rpartition(" ")[2]
    numbers = re.match(r"(\d+)\.(\d+)", version)
    return version if numbers and (int(numbers[1]), int(numbers[2])) < (3, 8) else ""


def missing_variables(broken: Mapping[str, Any]) -> list[str]:
    """The variables that the settings asked for and did not get, as far as the error and its line name them."""
    kind, message = broken["type"], broken["message"]
    source = broken.get("source") or ""
    first = source.split("\n")[0]
    if kind == "KeyError" and broken.get("key"):
        return [broken["key"]] if re.fullmatch(r"[A-Za-z_]\w*", broken["key"]) and _asks(source, broken["key"]) else []
    words = f"{message}\n{broken.get('cause') or ''}"
    if kind in (
        "ImproperlyConfigured",
        "UndefinedValueError",
        "ImproperlyConfiguredError",
        "EnvError",
        "ValidationError",
        "EnvironmentError",
        "ConfigError",
        "DecoupleError",
    ) or kind.endswith(("EnvError", "MissingError")):
        names = [name for name in re.findall(r"[\"'“‘`]?\b([A-Za-z_][A-Z0-9_]{2,})\b", words) if name.isupper()]
        asked = ASKED.findall(source)
        good = [
            name
            for name in names
            if re.search(
                r"(?i)environment|variable|env\b|not found|not set|missing|undefined|declare|must be set|required",
                words,
            )
        ]
        if "SECRET_KEY setting must not be empty" in message and not asked:
            return []
        return [
            name
            for name in dict.fromkeys([*good, *(name for name in asked if name in words)])
            if name not in ("DJANGO", "URL", "DEBUG_MODE")
        ][:3]
    if kind in (
        "AttributeError",
        "TypeError",
        "ValueError",
        "RuntimeError",
        "Exception",
        "InvalidToken",
        "AssertionError",
        "SystemExit",
        "NoneType",
    ):
        asked = ASKED.findall(first) or ASKED.findall(source)
        if "'NoneType' object" in message and not asked:  # settings.REDIS_URL.startswith(…): a variable became None
            asked = [name for name in VARIABLE.findall(source) if name.isupper()]
        named_there = [name for name in VARIABLE.findall(words) if _asks(source, name)]
        said = (
            re.findall(r"\b([A-Z][A-Z0-9_]{3,})\b", message)
            if re.search(r"(?i)environment|variable|must be set|not set|missing", message)
            else []
        )
        return list(dict.fromkeys([*asked, *named_there, *said]))[:3]
    return []


def _always_run(source: str) -> str:
    """The lines of a module without comments and without what is below an `if`: that may not be asked for here."""
    lines = re.sub(r"(?m)#.*$", "", source).splitlines()
    try:
        conditions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.If)]
    except (SyntaxError, ValueError):
        conditions = []
    for condition in conditions:
        for statement in (*condition.body, *condition.orelse):
            for number in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
                lines[number - 1] = ""
    return "\n".join(lines)


def _asks(source: str, name: str) -> bool:
    return not source or name in ASKED.findall(source) or re.search(r"environ|env", source) is not None


def visit(
    folder: Path,
    settings: Sequence[str] = (),
    *,
    production: bool = False,
    python: str | None = None,
    env_files: Sequence[Path] = (),
    seconds: float = SECONDS,
) -> Result:
    """Examine the project in `folder`. Never raises for what is wrong over there."""
    begun = time.monotonic()
    if not folder.is_dir():
        return _failed(folder, found(checks.NO_FOLDER, folder=folder))
    folder = folder.resolve()
    there = project.find(folder) or (folder if settings else None)
    if there is None:
        return _failed(folder, found(checks.NO_PROJECT, folder=folder, module="mysite.settings"))
    modules = tuple(settings) or project.settings_modules(there)
    chosen = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if not settings and chosen and chosen not in modules and project._file_of(there, chosen):
        modules = (chosen, *modules)
    if not modules:
        reason = f"{there.name} has no manage.py that names one"
        return _failed(there, found(checks.NO_SETTINGS, reason=reason, module="mysite.settings"))
    environment = _environment()
    for file in env_files:
        environment.update(project.variables(file))
    visitor = Visitor(
        there,
        "",
        environment,
        begun + seconds,
        seconds,
        for_production=production,
        examples=project.examples(there),
    )
    first = None
    for candidate in project.pythons(there, python):
        visitor.python = candidate
        first = visitor.examine(modules[0], production=production)
        if (first.get("broken") or {}).get("stage") not in ("django", "start"):
            break
    if first is None:
        return _failed(there, found(checks.NO_DJANGO, python="PATH"))
    columns = [Column(modules[0], production, first)]
    for module in modules[1:]:
        columns.append(Column(module, production, visitor.examine(module, production=production)))
    alone = not settings or tuple(settings) == project.settings_modules(there)
    if alone and not production and not any(column.loaded and not column.answer["debug"] for column in columns):
        loaded = [column for column in columns if column.loaded]
        base = next((column for column in loaded if project.PRODUCTION.match(column.settings.rpartition(".")[2])), None)
        base = base or (loaded[0] if loaded else None)
        if base is not None:
            off = Column(base.settings, True, visitor.examine(base.settings, production=True))
            columns.append(off)
    return _result(there, columns, visitor, explicit=bool(settings), seconds=time.monotonic() - begun)


def _environment() -> dict[str, str]:
    """The person's environment, as for the project's own commands; the settings module is chosen for each visit."""
    left_out = {
        "DJANGO_SETTINGS_MODULE",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "PYTHONOPTIMIZE",
        "PYTHONWARNINGS",
        "__PYVENV_LAUNCHER__",
    }
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment["PYTHONIOENCODING"] = "utf-8"
    return environment


def _result(folder: Path, columns: list[Column], visitor: Visitor, *, explicit: bool, seconds: float) -> Result:
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}

    def add(finding: Mapping[str, Any], column: str) -> None:
        key = (finding["id"], finding["message"], finding["file"], finding["line"])
        merged.setdefault(key, {**finding, "settings": []})["settings"].append(column)

    loaded = any(column.loaded for column in columns)
    for column in columns:
        for finding in column.answer["findings"]:
            add(finding, column.name)
        if "broken" in column.answer:
            told = _of_broken(column.answer["broken"], folder, column.settings, visitor)
            if loaded and not explicit and told.check is not checks.EXAMINATION_FAILED:
                reason = told.message if told.message.endswith(".") else f"{told.message}."
                told = found(checks.MODULE_NOT_EXAMINED, at=(told.file, told.line), module=column.name, reason=reason)
            add(told.as_dict(), column.name)
    if visitor.missing and loaded:
        are = "is" if len(visitor.missing) == 1 else "are"
        told = found(checks.VARIABLES_MISSING, names=", ".join(visitor.missing), are=are)
        add(told.as_dict(), columns[0].name)
    findings = worst_first(list(merged.values()))
    return Result(str(folder), tuple(columns), tuple(findings), visitor.python, tuple(visitor.missing), seconds)


def worst_first(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    levels = ("ERROR", "WARNING", "INFO")
    return sorted(
        findings, key=lambda one: (levels.index(one["level"]), one["file"] or "", one["line"] or 0, one["id"])
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with whatever it started, and take what is left in its pipes."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _failed(folder: Path, finding: Finding) -> Result:
    return Result(str(folder), findings=(finding.as_dict(),))


def _of_broken(broken: Mapping[str, Any], folder: Path, settings: str, visitor: Visitor) -> Finding:
    """Why a module could not be examined, with the place in the project that the error came from."""
    kind, message, missing, stage = broken["type"], broken["message"], broken["name"] or "", broken["stage"]
    file = Path(broken["file"] or "")
    where = file.relative_to(folder).as_posix() if folder in file.parents else ""
    at = (where, broken["line"] or 0) if where else ("", 0)
    place = f" in {where}, line {broken['line']}" if where else ""
    reason = f"{kind}{place}: {message}" if kind else message
    if broken.get("cause") and broken["cause"] not in message:
        reason = f"{reason} ({broken['cause'].splitlines()[0]})"
    python = visitor.python
    if stage == "time":
        return found(checks.TOO_SLOW, seconds=message)
    if stage == "start":
        return found(checks.PYTHON_DOES_NOT_START, python=python, error=message)
    if stage in ("old", "python"):
        return found(checks.OLD_DJANGO, what=message)
    if stage == "django" and kind == "ModuleNotFoundError":
        return found(checks.NO_DJANGO, python="PATH")
    if kind == "ModuleNotFoundError" and (settings == missing or settings.startswith(f"{missing}.")):
        known = project.settings_modules(folder)
        module = next((one for one in known if one != settings), "mysite.settings")
        return found(checks.NO_SETTINGS, reason=f"{settings} ({message})", module=module)
    if kind == "ModuleNotFoundError":
        return found(checks.PACKAGE_MISSING, at=at, reason=reason, python="PATH")
    if kind in ("SyntaxError", "IndentationError", "TabError"):
        return found(checks.SYNTAX_ERROR, at=at, reason=reason)
    if stage == "examination":
        return found(checks.EXAMINATION_FAILED, at=at, reason=reason)
    asked = missing_variables(broken)
    if asked:
        names = list(dict.fromkeys([*visitor.missing, *asked]))
        return found(checks.VALUE_MISSING, at=at, reason=f"{', '.join(names)}. {reason}")
    if kind in ("KeyError", "ImproperlyConfigured") and stage == "settings":
        return found(checks.VALUE_MISSING, at=at, reason=reason)
    return found(checks.DOES_NOT_START, at=at, reason=reason)
