"""An observation: what real Django did in an experiment, as frozen data that travels as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOT_INSTALLED = "NotInstalled"  # the type of the fault that ends an experiment where the machine lacks something


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception that ended something: its class without the module, and its message.

    `where` is the place in the project, such as "app/views.py, line 3: the line"; "" where it is not known, and in the
    observation of an experiment, whose files nobody edits.
    """

    type: str
    message: str
    where: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"type": self.type, "message": self.message, **({"where": self.where} if self.where else {})}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in STATIC_ROOT or MEDIA_ROOT; `path` is relative to that folder, with forward slashes."""

    path: str
    bytes: int
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        return {"path": self.path, "bytes": self.bytes, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """A component that a request passed, with the file and the line of its code."""

    component: str
    file: str
    line: int

    def to_dict(self) -> dict[str, Any]:
        return {"component": self.component, "file": self.file, "line": self.line}


@dataclass(frozen=True, slots=True)
class CommandStep:
    """A command that was run: `argv` with "python" first, its exit code and what it printed; `ms` is milliseconds."""

    argv: tuple[str, ...]
    exit: int
    stdout: str
    stderr: str
    ms: float
    error: Fault | None = None

    @property
    def kind(self) -> str:
        return "command"

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": "command",
            "argv": list(self.argv),
            "exit": self.exit,
            "stdout": self.stdout,
            "stderr": self.stderr,
            "ms": self.ms,
            "error": _optional(self.error),
        }


@dataclass(frozen=True, slots=True)
class RequestStep:
    """A request that was made, and its answer.

    `status`, `bytes` (of the body), `sha256` and `answered_by` are None for a URL on another host, which is not
    requested; `bytes` and `sha256` are None for a status-500 response as well, whose page is never the same twice.
    `excerpt` is the start of a body that is text. `source` (label "css" only) is the source file that
    came back.
    """

    label: str
    method: str
    url: str
    status: int | None
    headers: Mapping[str, str]
    bytes: int | None
    sha256: str | None
    excerpt: str
    answered_by: str | None
    trace: tuple[TraceEntry, ...]
    ms: float
    source: str | None = None
    error: Fault | None = None

    @property
    def kind(self) -> str:
        return "request"

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": "request",
            "label": self.label,
            "method": self.method,
            "url": self.url,
            "status": self.status,
            "headers": dict(self.headers),
            "bytes": self.bytes,
            "sha256": self.sha256,
            "excerpt": self.excerpt,
            "answered_by": self.answered_by,
            "trace": [entry.to_dict() for entry in self.trace],
            "source": self.source,
            "error": _optional(self.error),
            "ms": self.ms,
        }


Step = CommandStep | RequestStep


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that the observation was made with; `nginx` is None where there is none."""

    python: str
    django: str
    whitenoise: str
    nginx: str | None

    def to_dict(self) -> dict[str, Any]:
        return {"python": self.python, "django": self.django, "whitenoise": self.whitenoise, "nginx": self.nginx}


@dataclass(frozen=True, slots=True)
class Observation:
    """What happened. `experiment` has every knob; `files` is path -> text of the mini-project.

    `refused` is set when the project does not start, when Django's checks refuse it, or, with the type NOT_INSTALLED,
    when this machine lacks its server or a package: then there are no request steps.
    `recorded` is the day ("YYYY-MM-DD") on which a recorded observation was made; None for one that was not recorded.
    """

    experiment: Mapping[str, str]
    versions: Versions
    files: Mapping[str, str]
    steps: tuple[Step, ...]
    static_root: tuple[StoredFile, ...]
    media_root: tuple[StoredFile, ...]
    refused: Fault | None = None
    recorded: str | None = None

    @property
    def not_installed(self) -> bool:
        """Whether this machine, and not Django, is the reason why there are no requests."""
        return self.refused is not None and self.refused.type == NOT_INSTALLED

    @property
    def commands(self) -> tuple[CommandStep, ...]:
        return tuple(step for step in self.steps if isinstance(step, CommandStep))

    @property
    def requests(self) -> tuple[RequestStep, ...]:
        return tuple(step for step in self.steps if isinstance(step, RequestStep))

    def request(self, label: str) -> RequestStep | None:
        """Return the request with that label, or None when it was not made."""
        return next((step for step in self.requests if step.label == label), None)

    def to_dict(self) -> dict[str, Any]:
        result: dict[str, Any] = {
            "experiment": dict(self.experiment),
            "versions": self.versions.to_dict(),
            "refused": _optional(self.refused),
            "files": dict(self.files),
            "steps": [step.to_dict() for step in self.steps],
            "static_root": [file.to_dict() for file in self.static_root],
            "media_root": [file.to_dict() for file in self.media_root],
        }
        if self.recorded is not None:
            result["recorded"] = self.recorded
        return result

    def to_json(self, *, indent: int | None = None) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Observation":
        """Return the observation that `to_dict` made `data` of. Raises KeyError or TypeError for any other data."""
        return cls(
            experiment=data["experiment"],
            versions=Versions(**data["versions"]),
            files=data["files"],
            steps=tuple(step_from_dict(step) for step in data["steps"]),
            static_root=tuple(StoredFile(**file) for file in data["static_root"]),
            media_root=tuple(StoredFile(**file) for file in data["media_root"]),
            refused=_fault(data["refused"]),
            recorded=data.get("recorded"),
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> "Observation":
        return cls.from_dict(json.loads(text))


def _optional(fault: Fault | None) -> dict[str, Any] | None:
    return None if fault is None else fault.to_dict()


def _fault(data: Mapping[str, Any] | None) -> Fault | None:
    return None if data is None else Fault(**data)


def step_from_dict(data: Mapping[str, Any]) -> Step:
    """Return the step that its `to_dict` made `data` of. Raises KeyError or TypeError for any other data."""
    values = {key: value for key, value in data.items() if key != "kind"}
    values["error"] = _fault(values["error"])
    if data["kind"] == "command":
        return CommandStep(**{**values, "argv": tuple(values["argv"])})
    return RequestStep(**{**values, "trace": tuple(TraceEntry(**entry) for entry in values["trace"])})
