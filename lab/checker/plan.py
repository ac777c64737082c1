"""A plan: what the lab does with a project that somebody has written, as data. docs/exercises.md is its reference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

SERVERS = ("runserver", "runserver-nostatic", "runserver-insecure", "production", "gunicorn", "uvicorn", "nginx")
METHODS = ("get", "head", "put", "delete", "submit")
CACHES = ("browser", "cdn")
TOUCHES = ("write", "append", "replace", "delete", "hide", "show")


class PlanError(ValueError):
    """A step that cannot be read. The message names it and says what is allowed, on one line."""


@dataclass(frozen=True, slots=True)
class Command:
    """Lines of a terminal: one command, those of the project's file `file` until one fails, or a line for a shell.

    A shell line is for cases of this repository alone: an exercise has none, because its project is a stranger's.
    """

    label: str
    argv: tuple[str, ...]
    file: str
    environment: Mapping[str, str]
    shell: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """A change to the project's files; `kind` is one of TOUCHES."""

    kind: str
    path: str
    text: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What the files are that the glob pattern names; `find` are texts to look for in their bytes."""

    label: str
    pattern: str
    find: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """So many seconds pass for the caches."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Request:
    """`address` may hold {label.kind} for what an earlier answer names. With `form`, the label of the answer that has
    the form, it is filled in and sent; `files` is field -> name of a sample. `caches` are asked in that order."""

    label: str
    method: str
    address: str
    headers: tuple[tuple[str, str], ...]
    form: str
    fields: Mapping[str, str]
    files: Mapping[str, str]
    size: int
    caches: tuple[str, ...]


Action = Touch | Look | Wait
Visit = Request | Action


@dataclass(frozen=True, slots=True)
class Serve:
    """A server, which runs for `visits`."""

    server: str
    environment: Mapping[str, str]
    visits: tuple[Visit, ...]


Step = Command | Serve | Action
Plan = tuple[Step, ...]
Part = TypeVar("Part", Command, Serve, Request, Touch, Look, Wait)


def parse(steps: Iterable[Mapping[str, Any]]) -> Plan:
    """The plan that the tables of an exercise.toml describe. Raises PlanError."""
    return tuple(_step(dict(table)) for table in steps)


def visits(tables: Iterable[Mapping[str, Any]]) -> tuple[Visit, ...]:
    """The entries of `requests`. Raises PlanError."""
    return tuple(_visit(dict(table)) for table in tables)


def labels(plan: Plan) -> list[str]:
    """Every label of the plan, in its order."""
    found = []
    for step in plan:
        parts: tuple[Any, ...] = step.visits if isinstance(step, Serve) else (step,)
        found += [part.label for part in parts if isinstance(part, Command | Look | Request)]
    return found


def _step(table: dict[str, Any]) -> Step:
    described = str(table)
    if "serve" in table:
        server = _text(table, "serve")
        if server not in SERVERS:
            raise PlanError(f"there is no server {server!r}; there are: {', '.join(SERVERS)}")
        serve = Serve(server, _texts(table, "environment"), visits(table.pop("requests", ())))
        return _whole(serve, table, described)
    if "run" in table:
        argv = tuple(_text(table, "run").split())
        if not argv or argv[0] != "manage.py":
            raise PlanError(f"a command starts with manage.py: {described}")
        return _whole(Command(_label(table, described), argv, "", _texts(table, "environment")), table, described)
    if "shell" in table:
        shell = _text(table, "shell")
        command = Command(_label(table, described), (), "", _texts(table, "environment"), shell)
        return _whole(command, table, described)
    if "deploy" in table:
        file = _path(_text(table, "deploy"))
        return _whole(Command(_label(table, described), (), file, _texts(table, "environment")), table, described)
    return _action(table, described)


def _visit(table: dict[str, Any]) -> Visit:
    described = str(table)
    method = next((method for method in METHODS if method in table), None)
    # "delete" with a label is a request, without one it is a file that goes.
    if method is None or (method == "delete" and "label" not in table):
        return _action(table, described)
    target = _text(table, method)
    caches = tuple(table.pop(key) for key in ("cache", "through") if key in table)
    if any(cache not in CACHES for cache in caches):
        raise PlanError(f"the caches are {', '.join(CACHES)}: {described}")
    submit = method == "submit"
    request = Request(
        label=_label(table, described),
        method="POST" if submit else method.upper(),
        address="" if submit else target,
        headers=tuple(_texts(table, "headers").items()),
        form=target if submit else "",
        fields=_texts(table, "fields"),
        files=_texts(table, "files"),
        size=int(table.pop("size", 0)),
        caches=caches,
    )
    return _whole(request, table, described)


def _action(table: dict[str, Any], described: str) -> Action:
    if "wait" in table:
        return _whole(Wait(float(table.pop("wait"))), table, described)
    if "look" in table:
        pattern, find = _path(_text(table, "look")), tuple(map(str, table.pop("find", ())))
        return _whole(Look(_label(table, described), pattern, find), table, described)
    kind = next((kind for kind in TOUCHES if kind in table), None)
    if kind is None:
        raise PlanError(f"nothing says what to do: {described}")
    path = _path(_text(table, kind))
    text = _text(table, {"write": "text", "append": "text", "replace": "new"}[kind]) if kind in TOUCHES[:3] else ""
    old = _text(table, "old") if kind == "replace" else ""
    return _whole(Touch(kind, path, text, old), table, described)


def _whole(part: Part, table: Mapping[str, Any], described: str) -> Part:
    """`part`, if nothing of its table is left over."""
    if table:
        raise PlanError(f"unknown: {', '.join(table)} in {described}")
    return part


def _label(table: dict[str, Any], described: str) -> str:
    label = table.pop("label", "")
    if not isinstance(label, str) or not label.replace("-", "").replace("_", "").isalnum():
        raise PlanError(f"a label of letters, digits, - and _ is needed: {described}")
    return label


def _text(table: dict[str, Any], key: str) -> str:
    value = table.pop(key, None)
    if not isinstance(value, str):
        raise PlanError(f"{key} must be a text: {table}")
    return value


def _texts(table: dict[str, Any], key: str) -> dict[str, str]:
    value = table.pop(key, {})
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise PlanError(f"{key} must be a table of texts: {table}")
    return value


def _path(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise PlanError(f"{text!r} is no path inside the project")
    return text
