"""A comparison: what differs between the runs of a claim, as a table with a column for each run."""

from collections.abc import Sequence
from dataclasses import dataclass

from guide.evidence import Evidence
from lab.experiment import KNOBS, Experiment
from lab.observation import CommandStep, Observation, RequestStep, StoredFile
from lab.observation.diff import Change

ROWS = 9  # more would hide what matters
NAMES = {
    "page": "the page",
    "css": "the stylesheet",
    "admin-css": "the admin’s stylesheet",
    "upload": "the upload",
    "media": "the uploaded file",
}
CONTROL = {code: 0x2400 + code for code in range(32)}  # a picture for each: HTML has no place for the characters
HEADERS = (  # those that a reader can act on
    "location",
    "content-type",
    "content-encoding",
    "cache-control",
    "x-content-type-options",
    "content-security-policy",
    "access-control-allow-origin",
    "cross-origin-resource-policy",
    "x-frame-options",
    "etag",
)
PASSES, PAGE = "passes", "content of the page"
FALLBACKS = (PASSES, PAGE)  # shown where nothing else differs
ASPECTS = ("", "answer", "exception", "address", "source", "size", "content", *HEADERS, "arguments", "ends", "prints")
NOT_THERE = "–"
Facts = dict[tuple[str, str], str]  # (subject, aspect) -> what was seen


@dataclass(frozen=True, slots=True)
class Column:
    """A run: what its knobs have that the other runs' knobs have not. `foil` tells that the sentence is false of it."""

    words: str
    found: Evidence
    foil: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What was seen in one run; `marked` where it is not what was seen in the first."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Something that was not the same in all runs."""

    subject: str
    aspect: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class OnAnother:
    """What a run showed otherwise on another Django, `series`."""

    series: str
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """The runs of a claim side by side, and only what differs; `elsewhere` is what differs between the Djangos."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    elsewhere: tuple[OnAnother, ...]


def comparison(runs: Sequence[Evidence], foil: Evidence | None = None) -> Comparison:
    """Return what differs between the runs. Where none does, or there is one run alone, the foil stands beside them."""
    rows = _rows([found.here for found in runs])
    shown = [*runs] if rows or foil is None else [*runs, foil]
    words = _differing_knobs([found.experiment for found in shown])
    columns = tuple(Column(text, found, found is foil) for text, found in zip(words, shown, strict=True))
    return Comparison(columns, rows or _rows([found.here for found in shown]), _elsewhere(runs))


def _elsewhere(runs: Sequence[Evidence]) -> tuple[OnAnother, ...]:
    """Return what other Djangos showed otherwise. Hashes and numbers of the admin’s files tell nothing."""
    found = dict.fromkeys(
        OnAnother(other.series, change)
        for run in runs
        for other in run.differing
        for change in other.changes
        if change.subject not in ("admin-css", "STATIC_ROOT")
    )
    return tuple(found)[:3]


def _differing_knobs(experiments: Sequence[Experiment]) -> list[str]:
    """Return for each experiment the words of those knobs in which it differs from another."""
    differing = [name for name in KNOBS if len({experiment.knobs[name] for experiment in experiments}) > 1]
    differing.sort(key=lambda name: name != "variation")
    return [", ".join(_words(name, experiment.knobs[name]) for name in differing) for experiment in experiments]


def _words(knob: str, value: str) -> str:
    if knob == "variation":
        return "Without that" if value == "none" else KNOBS[knob].by_name[value].help.removesuffix(".")
    return KNOBS[knob].by_name[value].phrase or f"{knob}={value}"


def _rows(observations: Sequence[Observation]) -> tuple[Row, ...]:
    seen = [_facts(observation, observations) for observation in observations]
    subjects = list(dict.fromkeys(subject for facts in seen for subject, _ in facts))
    keys = {key for facts in seen for key in facts}
    rows = [
        Row(*key, tuple(Cell(text, text != texts[0]) for text in texts))
        for key in sorted(keys, key=lambda key: (subjects.index(key[0]), _rank(key[1])))
        if len(set(texts := [facts.get(key, NOT_THERE) for facts in seen])) > 1
    ]
    return tuple(_without_echoes(rows)[:ROWS])


def _rank(aspect: str) -> int:
    return ASPECTS.index(aspect) if aspect in ASPECTS else len(ASPECTS)


def _without_echoes(rows: list[Row]) -> list[Row]:
    """Leave out the admin’s stylesheet where yours tells the same, and fallbacks where anything else differs."""
    told = {row.aspect for row in rows if row.subject == NAMES["css"]}
    kept = [row for row in rows if row.subject != NAMES["admin-css"] or (row.aspect == "answer" and not told)]
    return [row for row in kept if row.aspect not in FALLBACKS] or kept or rows


def _facts(observation: Observation, among: Sequence[Observation]) -> Facts:
    """Return what may differ, in the order in which a reader looks for it."""
    refused = observation.refused
    facts: Facts = {("the start", ""): f"refused: {refused.message}" if refused else "accepted"}
    for step in observation.requests:
        others = [one.request(step.label) for one in among]
        facts |= _request_facts(NAMES.get(step.label, step.label.replace("-", " ")), step, others)
    for number, command in enumerate(observation.commands):
        facts |= _command_facts(command, _ordinal(observation, number), among)
    for name, files, alike in (
        ("STATIC_ROOT", observation.static_root, [one.static_root for one in among]),
        ("MEDIA_ROOT", observation.media_root, [one.media_root for one in among]),
    ):
        facts[name, ""] = _files(files, alike)
    return facts


def _request_facts(subject: str, step: RequestStep, others: Sequence[RequestStep | None]) -> Facts:
    """Return a request's answer. The rest is compared only where every run made the request and got one status."""
    facts: Facts = {(subject, "answer"): _answer(step)}
    if step.error:
        facts[subject, "exception"] = f"{step.error.type}: {step.error.message}"
    same = [other for other in others if other is not None and other.status == step.status]
    if len(same) < len(others):
        return facts
    facts[subject, "address"] = step.url
    facts[subject, "source"] = step.source or NOT_THERE
    facts |= {(subject, name): step.headers.get(name, "not sent") for name in HEADERS if name != "etag"}
    facts[subject, "etag"] = "sent" if "etag" in step.headers else "not sent"
    if step.label in ("page", "admin-css"):
        facts[subject, PAGE] = _difference(step.excerpt, [other.excerpt for other in same])
    elif step.status == 200 and len({other.source for other in same}) == 1:
        facts[subject, "size"] = f"{step.bytes} bytes"
        facts[subject, "content"] = _difference(step.excerpt, [other.excerpt for other in same])
    facts[subject, PASSES] = ", ".join(entry.component for entry in step.trace)
    return facts


def _answer(step: RequestStep) -> str:
    if step.status is None:
        return "not asked: another host"
    return f"{step.status}, {step.answered_by}" if step.answered_by and step.answered_by != "none" else str(step.status)


Ordinal = tuple[str, int]  # the name of a command and how many of that name came before


def _ordinal(observation: Observation, number: int) -> Ordinal:
    names = [" ".join(command.argv[2:3]) or "a command" for command in observation.commands[: number + 1]]
    return names[-1], names[:-1].count(names[-1])


def _command_facts(command: CommandStep, ordinal: Ordinal, among: Sequence[Observation]) -> Facts:
    name, before = ordinal
    subject = f"{name} ({before + 1})" if before else name
    same = [other for one in among for number, other in enumerate(one.commands) if _ordinal(one, number) == ordinal]
    facts: Facts = {(subject, "ends"): f"exit {command.exit}" + (f", {command.error.type}" if command.error else "")}
    if len(same) == len(among):
        facts[subject, "prints"] = _difference(_printed(command), [_printed(other) for other in same])
        if name != "shell":  # whose argument is a program
            facts[subject, "arguments"] = " ".join(command.argv[3:])
    return facts


def _printed(command: CommandStep) -> str:
    if "Traceback (most recent call last)" in command.stderr:
        return command.stdout + command.stderr.strip().splitlines()[-1]
    return command.stdout + command.stderr


def _difference(text: str, others: Sequence[str]) -> str:
    """Return the first lines that are not in all of the texts; the whole text's size where there is none."""
    common = set.intersection(*(set(other.splitlines()) for other in others))
    lines = [line.strip() for line in text.splitlines() if line not in common and line.strip()]
    return " ⏎ ".join(lines[:3]).translate(CONTROL) if lines else "nothing else"


def _files(files: Sequence[StoredFile], alike: Sequence[Sequence[StoredFile]]) -> str:
    if not files:
        return "empty"
    common = set.intersection(*({file.path for file in one} for one in alike))
    own = [file.path for file in files if file.path not in common and not file.path.startswith("admin/")]
    if own:
        return ", ".join(own[:3]) + (", …" if len(own) > 3 else "")
    return f"{len(files)} file{'s' if len(files) > 1 else ''}"
