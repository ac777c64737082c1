"""What the two runs of a case showed on each Django, kept beside it for the pages."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from guide.cases import run
from guide.cases.case import Case
from guide.cases.run import Run
from guide.terminal import shown
from lab.observation import CommandStep, RequestStep
from lab.probe.versions import django_series, versions

TELLING_HEADERS = (
    "content-type",
    "cache-control",
    "location",
    "content-disposition",
    "content-range",
    "access-control-allow-origin",
)
OUTPUT_LINES = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """One step of a run as the page shows it: a command with its output, or a request with its answer."""

    label: str
    what: str
    outcome: str
    by: str = ""
    error: str = ""
    output: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Both runs on one Django. `date` is the day ("YYYY-MM-DD"); `trouble` is why a run stopped, or empty."""

    series: str
    date: str
    fails: tuple[Seen, ...]
    fixed: tuple[Seen, ...]
    trouble: Mapping[str, str]

    def output_of(self, label: str, side: str = "fixed") -> str:
        """Return what the command of that label printed."""
        steps = self.fixed if side == "fixed" else self.fails
        return next((seen.output for seen in steps if seen.label == label), "")


def path_of(case: Case, series: str) -> Path:
    return case.folder / "runs" / f"{series}.json"


def write(case: Case) -> None:
    """Run the case on this Django and keep what it showed; the date of an equal record stays."""
    fails, fixed = run.failing(case), run.fixed(case)
    data: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "versions": versions().to_dict(),
        "fails": [_as_dict(seen) for seen in _seen(fails)],
        "fixed": [_as_dict(seen) for seen in _seen(fixed)],
        "trouble": {"fails": fails.trouble, "fixed": fixed.trouble},
    }
    path = path_of(case, django_series())
    if path.is_file():
        before = json.loads(path.read_text(encoding="utf-8"))
        if {**before, "date": ""} == {**data, "date": ""}:
            return
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@cache
def read(case_folder: Path, series: str) -> Record | None:
    """Return the record of that Django, or None when there is none."""
    try:
        data = json.loads((case_folder / "runs" / f"{series}.json").read_text(encoding="utf-8"))
    except OSError:
        return None
    return Record(
        series=series,
        date=data["date"],
        fails=tuple(_from_dict(one) for one in data["fails"]),
        fixed=tuple(_from_dict(one) for one in data["fixed"]),
        trouble=data["trouble"],
    )


def _seen(done: Run) -> Iterator[Seen]:
    for label, step in zip(done.labels, done.steps, strict=True):
        if isinstance(step, CommandStep):
            command = shown(step)
            output = "\n".join(command.output.splitlines()[-OUTPUT_LINES:])
            yield Seen(label, " ".join(step.argv), f"exit {step.exit}", output=output, status=step.exit)
        else:
            yield _answer(label, step)


def _answer(label: str, step: RequestStep) -> Seen:
    headers = tuple((name, step.headers[name]) for name in TELLING_HEADERS if name in step.headers)
    error = "" if step.error is None else f"{step.error.type}: {step.error.message}"
    outcome = "not requested" if step.status is None else str(step.status)
    what = f"{step.method} {step.url}"
    return Seen(label, what, outcome, step.answered_by or "", error, headers=headers, status=step.status)


def _as_dict(seen: Seen) -> dict[str, Any]:
    data = {name: getattr(seen, name) for name in Seen.__slots__}
    data["headers"] = dict(seen.headers)
    return {name: value for name, value in data.items() if value not in ("", {}, None)}


def _from_dict(data: Mapping[str, Any]) -> Seen:
    return Seen(**{**data, "headers": tuple(data.get("headers", {}).items())})
