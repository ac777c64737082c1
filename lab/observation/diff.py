"""The differences between two observations: what a turned knob has changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff

from lab.observation import CommandStep, Observation, RequestStep
from lab.observation.trail import answerer


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `subject` is `css`, `collectstatic`, `STATIC_ROOT`…; both sides are text."""

    subject: str
    aspect: str
    before: str
    after: str


TELLING_HEADERS = (
    "location",
    "content-type",
    "content-encoding",
    "cache-control",
    "x-content-type-options",
    "strict-transport-security",
    "access-control-allow-origin",
)
ABSENT = "not there"


def changes(before: Observation, after: Observation) -> tuple[Change, ...]:
    """Return every difference that a reader can act on, requests first. Times differ in every run and are left out."""
    return tuple(_changes(before, after))


@dataclass(frozen=True, slots=True)
class Shared:
    """A difference that several subjects have in common."""

    subjects: tuple[str, ...]
    aspect: str
    before: str
    after: str


def shared(found: Iterable[Change]) -> tuple[Shared, ...]:
    """Return the differences with equal ones told once, in the order in which they came first."""
    subjects: dict[tuple[str, str, str], list[str]] = {}
    for change in found:
        subjects.setdefault((change.aspect, change.before, change.after), []).append(change.subject)
    return tuple(Shared(tuple(names), *told) for told, names in subjects.items())


def lines(aspect: str, old: str, new: str) -> tuple[Change, ...]:
    """Return the lines of a file that differ, comments left out, as one difference; `aspect` names the file."""
    told = list(unified_diff(_code(old), _code(new), lineterm="", n=0))[2:]
    before, after = ("\n".join(line[1:].strip() for line in told if line[0] == sign) for sign in "-+")
    return (Change("", aspect, before or ABSENT, after or ABSENT),) if told else ()


def _code(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def diff(old: str, new: str) -> tuple[str, ...]:
    """Return the lines that differ between two texts, as a unified diff without its two file headers."""
    return tuple(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=1))[2:]


def _changes(before: Observation, after: Observation) -> Iterator[Change]:
    yield from _differing("the project", "refused", _fault(before.refused), _fault(after.refused))
    labels = dict.fromkeys([*(step.label for step in after.requests), *(step.label for step in before.requests)])
    for label in labels:
        old, new = before.request(label), after.request(label)
        if old is None or new is None:
            yield Change(label, "request", *(ABSENT if step is None else summary(step) for step in (old, new)))
            continue
        yield from _request_changes(label, old, new)
    yield from _differing("commands", "run", _commands(before), _commands(after))
    for old_command, new_command in zip(before.commands, after.commands, strict=False):
        if old_command.argv == new_command.argv:
            said = [last_line(command) for command in (old_command, new_command)]
            yield from _differing(" ".join(new_command.argv[2:3]), "said", said[0], said[1])
    for name, old_files, new_files in (
        ("STATIC_ROOT", before.static_root, after.static_root),
        ("MEDIA_ROOT", before.media_root, after.media_root),
    ):
        yield from _differing(name, "files", str(len(old_files)), str(len(new_files)))


def _request_changes(label: str, old: RequestStep, new: RequestStep) -> Iterator[Change]:
    yield from _differing(label, "URL", old.url, new.url)
    yield from _differing(label, "status", _status(old), _status(new))
    yield from _differing(label, "answered by", answerer(old), answerer(new))
    yield from _differing(label, "source", old.source or ABSENT, new.source or ABSENT)
    yield from _differing(label, "exception", _fault(old.error), _fault(new.error))
    if old.status and new.status:
        for name in TELLING_HEADERS:
            yield from _differing(label, name, old.headers.get(name, ABSENT), new.headers.get(name, ABSENT))


def _differing(subject: str, aspect: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(subject, aspect, before, after)


def summary(step: RequestStep) -> str:
    """Return the request in a line: `GET /static/app.css → 200, answered by whitenoise`."""
    if step.status is None:
        return f"{step.url} is on another host and was not requested"
    return f"{step.method} {step.url} → {step.status}, answered by {answerer(step)}"


def last_line(command: CommandStep) -> str:
    """Return the line in which a command says what it did, or why it failed."""
    said = (command.stdout if command.exit == 0 else command.stderr or command.stdout).strip().splitlines()
    return said[-1] if said else "nothing"


def _commands(observation: Observation) -> str:
    return "; ".join(" ".join(command.argv[2:]) for command in observation.commands) or "none"


def _status(step: RequestStep) -> str:
    return "not requested" if step.status is None else str(step.status)


def _fault(fault: object) -> str:
    return ABSENT if fault is None else f"{getattr(fault, 'type', '')}: {getattr(fault, 'message', '')}"
