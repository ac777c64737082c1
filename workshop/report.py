"""What a page shows of a result: how each claim fared, and what the check did, step by step, in the plan's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lab.experiment.plan import Command, FileChange, Look, Plan, Request, Serve, Wait
from lab.observation import CommandStep, Observation, RequestStep, Step, Versions, file_tree
from lab.observation import trail as trails
from lab.observation.headers import notes
from lab.playground.result import Route
from workshop.answerer import answerer
from workshop.cause import Cause
from workshop.exercise import Exercise
from workshop.last_result import LastResult

STARTS = {
    "runserver": "`runserver` starts.",
    "runserver-nostatic": "`runserver --nostatic` starts.",
    "runserver-insecure": "`runserver --insecure` starts.",
    "production": "A production server starts: gunicorn, or uvicorn where there is no gunicorn.",
    "nginx": "nginx starts with the project’s own `nginx.conf`, in front of a production server.",
}
TOUCHED = {
    "write": "The check writes `{}`:",
    "append": "The check adds to `{}`:",
    "prepend": "The check adds at the beginning of `{}`:",
    "replace": "The check replaces in `{}`:",
    "delete": "The check deletes `{}`.",
    "hide": "The check takes `{}` away.",
    "show": "The check brings `{}` back.",
}
LAST_LINES = 12  # of a command, beside the cause
FIRST = 4  # expectations of a claim that are shown at once
CACHES = {"browser": "browser’s cache", "cdn": "CDN"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One of a claim's expectations; `label` is the step's that it asks of, `words` says it to a person. `repeats` says
    that it fails with another one."""

    label: str
    expected: str
    found: str
    holds: bool
    words: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim as it fared. `advice` and `symptom` (a page's slug, or None) are for one that does not hold; `follows`
    says that it fails because of the report's cause, `held_before` that it held the time before."""

    says: str
    holds: bool
    advice: str
    symptom: str | None
    asked: tuple[Asked, ...]
    follows: bool = False
    held_before: bool = False

    @property
    def failing(self) -> tuple[Asked, ...]:
        """The first that do not hold; what comes later often follows from them."""
        return tuple(one for one in self.asked if not one.holds and not one.repeats)[:FIRST]

    @property
    def others(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one not in self.failing)


@dataclass(frozen=True)
class Visit(Route):
    """A request to a learner's project, whose labels say nothing about the kind of file."""

    @property
    def answerer(self) -> str:
        return answerer(self.step) or "nobody"

    @property
    def kind(self) -> trails.Kind:
        step = self.step
        content_type = step.headers.get("content-type", "")
        if step.url.startswith("/media/") or step.answered_by == "media-route":
            return "media"
        if step.answered_by in ("static-handler", "whitenoise") or step.url.startswith("/static/"):
            return "static"
        return "static" if content_type.startswith(("text/css", "text/javascript", "font/")) else "source"


@dataclass(frozen=True, slots=True)
class Did:
    """Something that the check did: a sentence and what follows it, which is a text, a request or a command.

    `anchor` is its label, which only one has.
    """

    anchor: str = ""
    sentence: str = ""
    text: str = ""
    visit: Visit | None = None
    command: CommandStep | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`changed_since`: the folder's files are no longer those that were checked."""

    passed: bool
    trouble: str
    advice: str
    claims: tuple[Judged, ...]
    did: tuple[Did, ...]
    folders: tuple[file_tree.Folder, ...]
    versions: Versions | None
    checked: datetime
    changed_since: bool
    cause: Cause | None = None

    @property
    def first(self) -> Judged | None:
        """The claim to look at first: one that fails because of the cause, or the first that fails."""
        failing = [claim for claim in self.claims if not claim.holds]
        return next((claim for claim in failing if claim.follows), next(iter(failing), None))

    @property
    def ordered(self) -> tuple[Judged, ...]:
        """The claims, the one to look at first on top, those that hold last."""
        return tuple(sorted(self.claims, key=lambda claim: (claim.holds, claim is not self.first, not claim.follows)))

    @property
    def printed(self) -> tuple[str, ...]:
        """The last lines of the command that broke."""
        lines = [line for line in (self.cause.printed if self.cause else "").splitlines() if line.strip()]
        return tuple(lines[-LAST_LINES:])

    @property
    def when(self) -> str:
        """When it was checked, by this machine's clock: it is the learner's own."""
        return f"{self.checked.astimezone():%d %B, %H:%M:%S}"

    @property
    def held(self) -> int:
        """How many claims do."""
        return sum(claim.holds for claim in self.claims)


def report(exercise: Exercise, last: LastResult, state: str) -> Report | None:
    """None for a result in another form, as an older version of this site may have kept it. `state` is now's."""
    try:
        data = last.data
        observation = None if data["observation"] is None else Observation.from_dict(data["observation"])
        return Report(
            passed=data["passed"],
            trouble=data["trouble"] or "",
            advice=data["advice"] or "",
            claims=tuple(_judged(claim) for claim in data["claims"]),
            did=tuple(_did(exercise.plan, observation, data["labels"])) if observation and observation.steps else (),
            folders=file_tree.folders(observation) if observation else (),
            versions=observation.versions if observation else None,
            checked=last.checked,
            changed_since=last.state != state,
            cause=Cause(**data["cause"]) if data.get("cause") else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _judged(claim: Mapping[str, Any]) -> Judged:
    asked = tuple(
        Asked(
            finding["expected"].partition(".")[0],
            finding["expected"],
            finding.get("found_words", finding["found"]),
            finding["holds"],
            finding.get("words", finding["expected"]),
            finding.get("repeats", False),
        )
        for finding in claim["findings"]
    )
    return Judged(
        claim["says"],
        claim["holds"],
        claim["advice"],
        claim["symptom"],
        asked,
        claim.get("follows", False),
        claim.get("held_before", False),
    )


def _did(plan: Plan, observation: Observation, labels: Sequence[str]) -> list[Did]:
    """The plan as far as it was carried out."""
    made: dict[str, list[Step]] = {}
    for label, came in zip(labels, observation.steps, strict=True):
        made.setdefault(label, []).append(came)
    done: list[Did] = []
    for step in plan:
        if isinstance(step, Command):
            done += _commands(step, made.get(step.label, []))
        elif isinstance(step, Serve):
            starts = STARTS.get(step.server, f"{step.server} starts.")
            requests = [visit for visit in step.entries if isinstance(visit, Request)]
            if requests and requests[0].label not in made:
                done.append(Did(sentence=starts.replace(" starts", " does not start", 1)))
                break  # nothing came after it
            done.append(Did(sentence=starts))
            for visit in step.entries:
                done.append(_visit(visit, made) if isinstance(visit, Request) else _action(visit))
        else:
            done.append(_action(step))
    return done


def _commands(command: Command, steps: Sequence[Step]) -> list[Did]:
    done = [Did(command.label, f"The check runs the lines of `{command.file}`.")] if command.file else []
    for step in steps:
        if isinstance(step, CommandStep):
            done.append(Did("" if done else command.label, command=step))
    return done


def _visit(request: Request, made: Mapping[str, Sequence[Step]]) -> Did:
    step = next(iter(made.get(request.label, ())), None)
    if not isinstance(step, RequestStep):
        return Did(request.label, f"`{request.label}` was not asked for.")
    way = f"By way of the {' and the '.join(CACHES[name] for name in request.caches)}:" if request.caches else ""
    if request.caches and not step.trace and step.status is not None:
        step = replace(step, answered_by="a cache")  # no server was asked
    return Did(request.label, way, visit=Visit(step, notes(step.headers)))


def _action(action: FileChange | Look | Wait) -> Did:
    if isinstance(action, Wait):
        return Did(sentence=f"{_time(action.seconds)} pass for the caches.")
    if isinstance(action, Look):
        return Did(action.label, f"The check looks at the files `{action.pattern}`.")
    text = f"{action.old}\n→\n{action.text}" if action.kind == "replace" else action.text
    return Did(sentence=TOUCHED[action.kind].format(action.path), text=text.strip("\n"))


def _time(seconds: float) -> str:
    """In the largest unit that counts it whole: "24 hours"."""
    for size, unit in ((3600, "hours"), (60, "minutes")):
        if seconds > size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} seconds"
