"""A plan: what is done with a project, as data: commands, changes of files, and servers with requests.

Experiments, variations, exercises and symptoms share this language; docs/exercises.md is its reference, and
lab.probe.interpreter carries a plan out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from lab.uploads.samples import UPLOADS

SERVERS = ("runserver", "runserver-nostatic", "runserver-insecure", "production", "gunicorn", "uvicorn", "nginx")
METHODS = ("get", "head", "put", "delete", "post", "submit")
CACHES = ("browser", "cdn")
WRITTEN = {"write": "text", "prepend": "text", "append": "text", "replace": "new"}  # the key that has the text
CHANGES = (*WRITTEN, "delete", "hide", "show")


class PlanError(ValueError):
    """A step that cannot be read. The message names it and says what is allowed, on one line."""


@dataclass(frozen=True, slots=True)
class Command:
    """Lines of a terminal: the one of `argv`, those of the project's file `file` until one fails, or one for a shell.

    A shell line is for cases of this repository alone: an exercise has none, because its project is a stranger's.
    `folder` is the working directory, below the project's. Without a label, expectations cannot name the command.
    """

    label: str = ""
    argv: tuple[str, ...] = ()
    file: str = ""
    shell: str = ""
    folder: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change to the project's files; `kind` is one of CHANGES."""

    kind: str
    path: str
    text: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the files that the glob pattern names; `find` are texts to search for in their bytes."""

    label: str
    pattern: str
    find: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds that pass for the caches."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Request:
    """One request; what its address, its form and its conditions name are earlier answers, by their labels.

    `address` may contain {label.kind} for what an answer names, and {static NAME} for what the static tag gives. With
    `form`, the form of that answer is filled in and sent. `files` maps a field to the name of a sample, padded to
    `size` bytes. `caches` are asked in this order.

    With `follow`, an answer that redirects stands for the page where it leads when a later address names something in
    it. An `optional` request is left out when its address cannot be made, and every request when an answer does not
    have the status that `when` says.

    `cookies` names an answer whose cookies are sent along. `slowly` seconds pass between the halves of the body, as on
    a bad line; `meanwhile` is made by somebody else then.
    """

    label: str
    method: str = "GET"
    address: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    form: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    caches: tuple[str, ...] = ()
    follow: bool = False
    optional: bool = False
    when: Mapping[str, int] = field(default_factory=dict)
    cookies: str = ""
    slowly: float = 0.0
    meanwhile: "Request | None" = None


Action = FileChange | Look | Wait
Entry = Request | Action


@dataclass(frozen=True, slots=True)
class Serve:
    """A server, which runs for `entries`.

    With `check`, a project that Django's checks refuse is not served; `collect` is the argv of a command that runs
    beside those checks. With `as_root`, nginx is started as a system starts it: as root, with workers.
    """

    server: str
    environment: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    check: bool = False
    collect: tuple[str, ...] = ()
    as_root: bool = False


Step = Command | Serve | Action
Plan = tuple[Step, ...]
Part = TypeVar("Part", Command, Serve, Request, FileChange, Look, Wait)


def django_shell(code: str) -> Command:
    """Return the command that runs Python code where the project's Django is set up."""
    return Command(argv=("manage.py", "shell", "--verbosity", "0", "-c", code))


def parse(steps: Iterable[Mapping[str, Any]]) -> Plan:
    """Return the plan that the `step` tables of a TOML file describe. Raises PlanError."""
    plan = tuple(_step(dict(table)) for table in steps)
    known: set[str] = set()
    for label in labels(plan):
        if label in known:
            raise PlanError(f"two steps have the label {label!r}")
        known.add(label)
    return plan


def entries(tables: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Return what the `requests` tables of a server describe. Raises PlanError."""
    return tuple(_entry(dict(table)) for table in tables)


def labels(plan: Plan) -> list[str]:
    """Return every label of the plan, in its order."""
    found = []
    for step in plan:
        parts: tuple[Any, ...] = step.entries if isinstance(step, Serve) else (step,)
        for part in parts:
            if isinstance(part, Request) and part.meanwhile is not None:
                found.append(part.meanwhile.label)
            if isinstance(part, Command | Look | Request) and part.label:
                found.append(part.label)
    return found


def _step(table: dict[str, Any]) -> Step:
    described = str(table)
    if "serve" in table:
        server = _text(table, "serve")
        if server not in SERVERS:
            raise PlanError(f"there is no server {server!r}; there are: {', '.join(SERVERS)}")
        serve = Serve(
            server, _texts(table, "environment"), entries(table.pop("requests", ())), check=_flag(table, "check")
        )
        if server.startswith("runserver") and any(
            isinstance(entry, Request) and entry.slowly for entry in serve.entries
        ):
            raise PlanError(f"runserver gets each request at once here, so none can be sent slowly: {described}")
        return _whole(serve, table, described)
    if "run" in table:
        argv = tuple(_text(table, "run").split())
        if not argv or argv[0] != "manage.py":
            raise PlanError(f"a command starts with manage.py: {described}")
        return _whole(_command(table, described, argv), table, described)
    if "python" in table:
        argv = django_shell(_text(table, "python")).argv
        return _whole(_command(table, described, argv), table, described)
    if "shell" in table:
        return _whole(_command(table, described, shell=_text(table, "shell")), table, described)
    if "deploy" in table:
        return _whole(_command(table, described, file=_path(_text(table, "deploy"))), table, described)
    return _action(table, described)


def _command(
    table: dict[str, Any], described: str, argv: tuple[str, ...] = (), file: str = "", shell: str = ""
) -> Command:
    label = _label(table, described) if "label" in table else ""
    folder = _path(_text(table, "folder")) if "folder" in table else ""
    return Command(label, argv, file, shell, folder, _texts(table, "environment"))


def _entry(table: dict[str, Any]) -> Entry:
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
        files=_samples(table),
        size=int(table.pop("size", 0)),
        caches=caches,
        follow=_flag(table, "follow"),
        optional=_flag(table, "optional"),
        when=_statuses(table),
        cookies=_text(table, "cookies") if "cookies" in table else "",
        slowly=float(table.pop("slowly", 0)),
        meanwhile=_meanwhile(table, described),
    )
    if request.meanwhile is not None and not request.slowly:
        raise PlanError(f"meanwhile needs slowly: {described}")
    return _whole(request, table, described)


def _meanwhile(table: dict[str, Any], described: str) -> Request | None:
    inside = table.pop("meanwhile", None)
    if inside is None:
        return None
    entry = _entry(dict(inside))
    if not isinstance(entry, Request) or entry.slowly or entry.method != "GET":
        raise PlanError(f"meanwhile is a get: {described}")
    return entry


def _action(table: dict[str, Any], described: str) -> Action:
    if "wait" in table:
        return _whole(Wait(float(table.pop("wait"))), table, described)
    if "look" in table:
        pattern, find = _path(_text(table, "look")), tuple(map(str, table.pop("find", ())))
        return _whole(Look(_label(table, described), pattern, find), table, described)
    kind = next((kind for kind in CHANGES if kind in table), None)
    if kind is None:
        raise PlanError(f"nothing says what to do: {described}")
    path = _path(_text(table, kind))
    text = _text(table, WRITTEN[kind]) if kind in WRITTEN else ""
    old = _text(table, "old") if kind == "replace" else ""
    return _whole(FileChange(kind, path, text, old), table, described)


def _whole(part: Part, table: Mapping[str, Any], described: str) -> Part:
    """Return `part` if nothing of its table is left over. Raises PlanError."""
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


def _flag(table: dict[str, Any], key: str) -> bool:
    value = table.pop(key, False)
    if not isinstance(value, bool):
        raise PlanError(f"{key} must be true or false: {table}")
    return value


def _statuses(table: dict[str, Any]) -> dict[str, int]:
    value = table.pop("when", {})
    if not isinstance(value, dict) or not all(isinstance(status, int) for status in value.values()):
        raise PlanError(f"when must be a table of labels and statuses: {table}")
    return value


def _samples(table: dict[str, Any]) -> dict[str, str]:
    files = _texts(table, "files")
    for name in files.values():
        if name not in UPLOADS:
            raise PlanError(f"there is no sample {name!r}; there are: {', '.join(UPLOADS)}")
    return files


def _path(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise PlanError(f"{text!r} is no path inside the project")
    return text
