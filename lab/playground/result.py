"""What the playground shows of one experiment, worked out from its observation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from lab.evidence.records import Records
from lab.experiment import KNOBS, Experiment, KnobError
from lab.experiment.knob import Group, Knob, Value
from lab.observation import Observation, RequestStep, diff, file_tree, headers, outcome
from lab.observation import trail as trails
from lab.observation.verdict import Verdict, verdict
from lab.probe.serving import missing_here
from lab.project import files
from mysite.web.marked import with_code


@dataclass(frozen=True, slots=True)
class Position:
    """A knob as the form shows it, at one value."""

    knob: Knob[Any]
    value: Value[Any]

    @property
    def turned(self) -> bool:
        return self.value != self.knob.values[0]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of settings.py; `changed` when the default experiment's file does not have it."""

    number: int
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A request, its answer, and what each header means."""

    step: RequestStep
    notes: tuple[headers.Note, ...]

    @property
    def kind(self) -> trails.Kind:
        """Return the kind of file that was requested, which has its colour."""
        return trails.kind(self.step)

    @property
    def came(self) -> trails.Came:
        """Return whether what was asked for came, for the stamp."""
        return trails.came(self.step)

    @property
    def answerer(self) -> str:
        """Return who answered, in words."""
        return trails.answerer(self.step)


@dataclass(frozen=True, slots=True)
class Turned:
    """A knob that is not at its default; `without` is the query of the experiment with it turned back."""

    knob: Knob[Any]
    value: Value[Any]
    without: str


@dataclass(frozen=True, slots=True)
class Window:
    """What a browser shows of an experiment; `stamp` and `words` take the place of a page that did not come."""

    title: str
    query: str
    knobs: str
    shown: bool
    step: RequestStep | None

    @property
    def came(self) -> trails.Came:
        return trails.came(self.step) if self.step else "nobody"


@dataclass(frozen=True, slots=True)
class OtherDjango:
    """The record of the same experiment on another Django; `changes` lead from that record to the observation."""

    series: str
    recorded: str
    changes: tuple[diff.Change, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An experiment and its observation.

    `before` is the experiment to compare with, if any, and `guess` the name of the predicted outcome, or empty.
    `milliseconds` is how long the run took, or its look-up in the cache.
    """

    experiment: Experiment
    observation: Observation
    before: Experiment | None = None
    observed_before: Observation | None = None
    guess: str = ""
    other_django: OtherDjango | None = None
    milliseconds: int = 0

    @property
    def settings(self) -> tuple[Line, ...]:
        changed = set(files.changed_settings_lines(self.experiment))
        text = files.project_files(self.experiment)[files.SETTINGS]
        return tuple(Line(number, line, number in changed) for number, line in enumerate(text.splitlines(), start=1))

    @property
    def routes(self) -> tuple[Route, ...]:
        return tuple(Route(step, headers.notes(step.headers)) for step in self.observation.requests)

    @property
    def trail(self) -> trails.Trail:
        """Return how far each request got, beside the run before."""
        before = self.observed_before.requests if self.observed_before else ()
        return trails.trail(self.observation.requests, before)

    @property
    def folders(self) -> tuple[file_tree.Folder, ...]:
        return file_tree.folders(self.observation)

    @property
    def changes(self) -> tuple[diff.Shared, ...]:
        """Return what differs from the run before, the lines of settings.py last."""
        if self.observed_before is None:
            return ()
        old, new = (seen.files.get(files.SETTINGS, "") for seen in (self.observed_before, self.observation))
        return diff.shared(
            (*diff.changes(self.observed_before, self.observation), *diff.lines("settings.py", old, new))
        )

    @property
    def turned(self) -> tuple[tuple[Knob[Any], Value[Any], Value[Any]], ...]:
        """Return the knobs that differ from the experiment before, each as (knob, value then, value now)."""
        if self.before is None:
            return ()
        then, now = self.before.knobs, self.experiment.knobs
        return tuple(
            (KNOBS[name], KNOBS[name].by_name[then[name]], KNOBS[name].by_name[now[name]])
            for name in now
            if then[name] != now[name]
        )

    @property
    def chips(self) -> tuple[Turned, ...]:
        """Return the knobs that are not at their default, each with the way back."""
        changed = self.experiment.changed
        return tuple(
            Turned(KNOBS[name], KNOBS[name].by_name[value], _without(changed, name)) for name, value in changed.items()
        )

    @property
    def predicted(self) -> outcome.Outcome | None:
        """Return the prediction, unless there is none or the run did not come to its end."""
        return outcome.BY_NAME[self.guess] if self.guess and not self.observation.not_installed else None

    @property
    def verdict(self) -> Verdict:
        """Return what happened to that which was predicted, or to the stylesheet."""
        return verdict(self.observation, outcome.BY_NAME[self.guess].about if self.guess else "css")

    @property
    def reason(self) -> SafeString:
        """Return the verdict's reason as HTML."""
        return with_code(self.verdict.reason)

    @property
    def windows(self) -> tuple[Window, ...]:
        """Return what a browser shows now, and before it the run before where there was one."""
        pairs = [("before", self.before, self.observed_before), ("now", self.experiment, self.observation)]
        return tuple(self._window(title, experiment, seen) for title, experiment, seen in pairs if experiment and seen)

    def _window(self, title: str, experiment: Experiment, seen: Observation) -> Window:
        names = [knob.name for knob, _, _ in self.turned] or list(experiment.changed)
        knobs = ", ".join(f"{name}={experiment.knobs[name]}" for name in names[:2]) + (" …" if names[2:] else "")
        page = seen.request("page")
        shown = page is not None and page.status == 200
        return Window(title, experiment.query, knobs or "default", shown, page)

    @property
    def missing(self) -> str:
        """Return what this machine lacks to run the experiment: why a record is shown, or no request was made."""
        return missing_here(self.experiment)


def _without(changed: Mapping[str, str], name: str) -> str:
    """Return the query without that knob, and without the variation when it cannot do without it."""
    rest = {key: value for key, value in changed.items() if key != name}
    try:
        return Experiment.from_mapping(rest).query
    except KnobError:
        return Experiment.from_mapping({key: value for key, value in rest.items() if key != "variation"}).query


def other_django(observation: Observation, records: Records, here: str) -> OtherDjango | None:
    """Return the newest record of this experiment on another Django series than `here`, or None."""
    experiment = Experiment.from_mapping(observation.experiment)
    for series in reversed([series for series in records.all_series() if series != here]):
        record = records.of(experiment, series)
        if record is not None:
            return OtherDjango(series, record.recorded or "", diff.changes(record, observation))
    return None


def groups(experiment: Experiment) -> tuple[tuple[Group, tuple[Position, ...]], ...]:
    """Return the form's knobs at the experiment's values, in groups, which stand in the order of their first knobs.

    The variations are on a page of their own.
    """
    positions: dict[Group, list[Position]] = {}
    for knob, value in experiment.positions:
        if knob.name == "variation":
            continue
        positions.setdefault(knob.group, []).append(Position(knob, value))
    return tuple((group, tuple(members)) for group, members in positions.items())
