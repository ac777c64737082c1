"""Everything a symptom's page shows: its cure, and the records of what fails and what works, side by side."""

import re
from dataclasses import dataclass
from functools import cache

from doctor import checks
from guide import evidence
from guide.symptoms import GROUPS, SYMPTOMS, Symptom
from guide.symptoms.cure import Cure
from guide.symptoms.cures import CURES
from guide.terminal import Command, shown
from lab.evidence import claims
from lab.evidence.claim import Claim
from lab.experiment import KNOBS, Experiment
from lab.experiment.variations import BY_NAME as VARIATIONS
from lab.observation import CommandStep, Observation, RequestStep, StoredFile
from lab.observation.diff import TELLING_HEADERS, Change, changes, diff
from lab.probe.versions import django_series

NOT_THE_POINT = ("README.md", "requirements.txt")  # they follow from the rest
NAMES = 4  # of files that only one side has
TELLING_WHEN_ABSENT = ("cache-control", "x-content-type-options", "access-control-allow-origin")
COUNTS = re.compile(r", \d+ skipped due to conflict|\d+ static files deleted, |; charset=utf-8")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A request and its answer; `headers` are those of the telling ones that the other side does not have."""

    step: RequestStep
    headers: tuple[tuple[str, str], ...]

    @property
    def ended(self) -> str:
        status = self.step.status or 0
        return "good" if status < 300 else "elsewhere" if status < 400 else "bad"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two experiments: what was turned, and what it showed that the other one did not."""

    title: str
    evidence: evidence.Evidence
    commands: tuple[Command, ...]
    answers: tuple[Answer, ...]
    files: tuple[tuple[str, tuple[str, ...], int], ...]

    @property
    def turned(self) -> tuple[tuple[str, str], ...]:
        """(what it becomes, value) of each knob that is not at its default; a variation is told by its title."""
        return turned(self.evidence.experiment)


@dataclass(frozen=True, slots=True)
class Difference:
    """`change` leads from what Django `other` shows to what Django `here` shows."""

    side: str
    change: Change
    here: str
    other: str

    @property
    def told(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """("on your Django 6.1", what it shows) for both, the one in front first."""
        return (_place(self.here), self.change.after), (_place(self.other), self.change.before)


@dataclass(frozen=True, slots=True)
class Page:
    """`fails` and `works` are read from the records of the reader's Django where there are some."""

    symptom: Symptom
    group: str
    cure: Cure
    claim: Claim
    fails: Side
    works: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.fails, self.works

    @property
    def mended(self) -> tuple[tuple[str, str], ...]:
        """(path, what was changed in it) for each file of the project that the two experiments have otherwise."""
        before, after = self.fails.evidence.here.files, self.works.evidence.here.files
        paths = [path for path in {**after, **before} if path not in NOT_THE_POINT]
        changed = ((path, before.get(path, ""), after.get(path, "")) for path in paths)
        return tuple((path, _diff(old, new)) for path, old, new in changed if old != new)

    @property
    def elsewhere(self) -> tuple[Difference, ...]:
        """Wherever another Django shows something else that matters to this symptom.

        The admin has more files in one Django than in another, and since 6.0 collectstatic counts conflicts and
        deletions: that is told only where the symptom is about it.
        """
        about_counts = any(COUNTS.search(message) for message in self.symptom.messages)

        def essence(text: str) -> str:
            return _NUMBER.sub("0", text if about_counts else COUNTS.sub("", text))

        return tuple(
            Difference(side.title, change, side.evidence.series, other.series)
            for side in self.sides
            for other in side.evidence.differing
            for change in other.changes
            if change.subject not in ("STATIC_ROOT", "admin-css") and essence(change.before) != essence(change.after)
        )

    @property
    def further(self) -> tuple[tuple[str, str], ...]:
        """(what was turned, query) of each experiment of the claim beyond the two."""
        return tuple(
            (", ".join(f"{name}: {value}" for name, value in turned(experiment)), experiment.query)
            for experiment in self.claim.experiments[2:]
        )

    @property
    def also(self) -> tuple[Claim, ...]:
        """The claims that the prose leans on."""
        return tuple(claims.BY_NAME[name] for name in self.cure.shown)

    @property
    def doctor(self) -> list[tuple[str, str]]:
        """Return id and text of each mistake behind the symptom that `manage.py doctor` finds in any project."""
        return checks.about_symptom(self.symptom.slug)

    @property
    def neighbours(self) -> tuple[Symptom | None, Symptom | None]:
        """The symptom before and the one after."""
        place = self.symptom.number - 1
        return (
            SYMPTOMS[place - 1] if place else None,
            SYMPTOMS[place + 1] if place + 1 < len(SYMPTOMS) else None,
        )


@cache
def page(symptom: Symptom) -> Page:
    """Raises evidence.NoEvidence when one of its experiments was never recorded."""
    claim = claims.BY_NAME[symptom.slug]
    cure = CURES[symptom.slug]
    fails, works = (_on(cure.series, evidence.evidence(experiment)) for experiment in claim.experiments[:2])
    return Page(
        symptom,
        next(title for title, symptoms in GROUPS if symptom in symptoms),
        cure,
        claim,
        _side("It fails", fails, works.here, cure.look),
        _side("It works", works, fails.here, cure.look),
    )


def _on(series: str, found: evidence.Evidence) -> evidence.Evidence:
    """The same evidence with the record of that Django in front; as it is without `series`."""
    for other in found.others:
        if other.series == series:
            change = evidence.Elsewhere(found.series, found.here, changes(found.here, other.observation))
            return evidence.Evidence(found.experiment, series, other.observation, (change,))
    return found


def _diff(old: str, new: str) -> str:
    """A unified diff without the numbers of lines."""
    return "\n".join("…" if line.startswith("@@") else line for line in diff(old, new))


def _place(series: str) -> str:
    return f"on your Django {series}" if series == django_series() else f"on Django {series}"


def turned(experiment: Experiment) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("a further change", VARIATIONS[value].title) if name == "variation" else (KNOBS[name].becomes, value)
        for name, value in experiment.changed.items()
    )


def _side(title: str, mine: evidence.Evidence, other: Observation, look: tuple[str, ...]) -> Side:
    """What differs from the other side (of the requests in `look`, if any); all that there is where nothing does."""
    here = mine.here
    commands = [step for step in here.commands if _told(step) not in {_told(theirs) for theirs in other.commands}]
    answers = [answer for step in here.requests if (answer := _answer(step, other.request(step.label))) is not None]
    labels = {answer.step.label for answer in answers}
    if "css" in labels:  # the admin's stylesheet fares as the page's own
        labels.discard("admin-css")
    answers = [answer for answer in answers if answer.step.label in (look or labels)]
    files = tuple(
        (name, *_only(ours, theirs))
        for name, ours, theirs in (
            ("STATIC_ROOT", here.static_root, other.static_root),
            ("MEDIA_ROOT", here.media_root, other.media_root),
        )
        if {file.path for file in ours} != {file.path for file in theirs}
    )
    if not commands and not answers and not files and not here.refused:
        commands = list(here.commands)
        answers = [Answer(step, ()) for step in here.requests if step.label != "admin-css"]
    return Side(title, mine, tuple(shown(step) for step in commands), tuple(answers), files)


def _told(step: CommandStep) -> tuple[object, ...]:
    return step.argv, step.exit, step.stdout, step.stderr


def _answer(step: RequestStep, other: RequestStep | None) -> Answer | None:
    """None when the other side got the same answer."""
    theirs = {} if other is None else other.headers
    headers = tuple(
        (name, step.headers.get(name, "not there"))
        for name in TELLING_HEADERS
        if step.status is not None and step.status != 500 and step.headers.get(name) != theirs.get(name)
        if name in step.headers or name in TELLING_WHEN_ABSENT
    )
    if other is not None and not headers and _seen(step) == _seen(other):
        return None
    return Answer(step, headers if other is not None and other.status != 500 else ())


def _seen(step: RequestStep) -> tuple[object, ...]:
    return step.url, step.status, step.answered_by, step.source, step.error, step.bytes


def _only(ours: tuple[StoredFile, ...], theirs: tuple[StoredFile, ...]) -> tuple[tuple[str, ...], int]:
    """The first few files that only this side has, the admin’s last, and how many more there are."""
    known = {file.path for file in theirs}
    only = sorted((file.path for file in ours if file.path not in known), key=lambda path: path.startswith("admin/"))
    return tuple(only[:NAMES]), max(0, len(only) - NAMES)
