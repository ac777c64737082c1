"""One record as text: what was observed, without what its experiment decides and what many records repeat.

A record leaves out the project's files and the knobs at their default, which lab.project and lab.experiment give back,
and the times. The listing of the admin's files and long excerpts are equal in dozens of records: a record names them by
their hash, and they stand beside the records in a folder of their own. A file is written as [path, bytes, sha256], a
hop of a trace as [component, file, line]; a field of a step that is null is left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from lab.experiment import Experiment
from lab.observation import CommandStep, Fault, Observation, RequestStep, Step, StoredFile, TraceEntry, Versions
from lab.project.files import project_files

LISTING = "admin/"  # the files of STATIC_ROOT whose listing is shared
LONG = 300  # characters: a longer excerpt is shared


class Shared:
    """The values that records share, each in a file of `folder` that is named by the value's hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, text: str) -> str:
        """Store a value, which is JSON, unless it is there, and return its name."""
        text += "\n"
        name = sha256(text.encode()).hexdigest()[:12]
        path = self._path(name)
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return name

    def excerpt(self, name: str) -> str:
        """Return the excerpt of that name. Raises OSError when there is none."""
        return _excerpt(self._path(name))

    def files(self, name: str) -> tuple[StoredFile, ...]:
        """Return the listing of that name. Raises OSError when there is none."""
        return _files(self._path(name))

    def keep(self, names: Iterable[str]) -> None:
        """Delete every value but those."""
        kept = set(names)
        for path in self._folder.glob("*.json"):
            if path.stem not in kept:
                path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def names(text: str) -> list[str]:
    """Return the names of the shared values that a record uses."""
    data = json.loads(text)
    users: list[Any] = [*data["static_root"], *(step.get("excerpt") for step in data["steps"])]
    return [user["shared"] for user in users if isinstance(user, dict) and "shared" in user]


def write(observation: Observation, shared: Shared) -> str:
    """Return the text of a record. Each file, field and hop has its own line, so that a diff shows what changed."""
    refused = observation.refused
    fields = {
        "changed": _line(Experiment.from_mapping(observation.experiment).changed),
        "recorded": _line(observation.recorded),
        "versions": _line(observation.versions.to_dict()),
        "refused": _line(None if refused is None else refused.to_dict()),
        "steps": _block((_step(step, shared) for step in observation.steps), 1),
        "static_root": _block(_with_listing(observation.static_root, shared), 1),
        "media_root": _block(map(_file, observation.media_root), 1),
    }
    return _fields(fields, 0) + "\n"


def read(text: str, shared: Shared) -> Observation:
    """Return the observation that `write` was given, with times of 0.

    Raises KeyError when the text is not a record, and KnobError when its experiment does not exist.
    """
    data = json.loads(text)
    experiment = Experiment.from_mapping(data["changed"])
    return Observation(
        experiment=experiment.knobs,
        versions=Versions(**data["versions"]),
        files=project_files(experiment),
        steps=tuple(_step_from_dict(step, shared) for step in data["steps"]),
        static_root=tuple(_without_listing(data["static_root"], shared)),
        media_root=tuple(StoredFile(*file) for file in data["media_root"]),
        refused=None if data["refused"] is None else Fault(**data["refused"]),
        recorded=data["recorded"],
    )


def _step(step: Step, shared: Shared) -> str:
    fields = {name: _line(value) for name, value in step.to_dict().items() if value is not None and name != "ms"}
    if isinstance(step, RequestStep):
        fields["trace"] = _block((_line([hop.component, hop.file, hop.line]) for hop in step.trace), 3)
        if len(step.excerpt) > LONG:
            fields["excerpt"] = _line({"shared": shared.put(_line(step.excerpt))})
    return _fields(fields, 2)


def _step_from_dict(data: dict[str, Any], shared: Shared) -> Step:
    kind = data.pop("kind")
    error = Fault(**data.pop("error")) if "error" in data else None
    if kind == "command":
        return CommandStep(argv=tuple(data.pop("argv")), **data, error=error, ms=0)
    excerpt, trace = data.pop("excerpt"), data.pop("trace")
    return RequestStep(
        **{**dict.fromkeys(("status", "bytes", "sha256", "answered_by")), **data},
        excerpt=excerpt if isinstance(excerpt, str) else shared.excerpt(excerpt["shared"]),
        trace=tuple(TraceEntry(*hop) for hop in trace),
        error=error,
        ms=0,
    )


def _file(file: StoredFile) -> str:
    return _line([file.path, file.bytes, file.sha256])


def _with_listing(files: Iterable[StoredFile], shared: Shared) -> Iterator[str]:
    """Yield a line for each file, and one for those of the admin, which stand side by side."""
    for is_shared, side_by_side in groupby(files, key=lambda file: file.path.startswith(LISTING)):
        lines = map(_file, side_by_side)
        if is_shared:
            yield _line({"shared": shared.put(_block(lines, 0))})
        else:
            yield from lines


def _without_listing(entries: Iterable[Any], shared: Shared) -> Iterator[StoredFile]:
    for entry in entries:
        if isinstance(entry, dict):
            yield from shared.files(entry["shared"])
        else:
            yield StoredFile(*entry)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(lines: Iterable[str], depth: int) -> str:
    """Return a JSON list with one of the lines on each line."""
    texts = list(lines)
    indent = "\n" + " " * depth
    return f"[{indent} " + f",{indent} ".join(texts) + f"{indent}]" if texts else "[]"


def _fields(fields: Mapping[str, str], depth: int) -> str:
    """Return a JSON object with one of the fields, whose values are JSON, on each line."""
    indent = "\n" + " " * depth
    lines = (f"{_line(name)}: {value}" for name, value in fields.items())
    return f"{{{indent} " + f",{indent} ".join(lines) + f"{indent}}}"


# Shared values never change: another value has another name.


@lru_cache(maxsize=64)
def _excerpt(path: Path) -> str:
    return str(json.loads(path.read_bytes()))


@lru_cache(maxsize=64)
def _files(path: Path) -> tuple[StoredFile, ...]:
    return tuple(StoredFile(*file) for file in json.loads(path.read_bytes()))
