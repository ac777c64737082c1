"""What the playground shows of one experiment, worked out from its observation."""

from dataclasses import dataclass
from typing import Any

from lab.evidence.records import Records
from lab.experiment import KNOBS, Experiment
from lab.experiment.knob import Group, Knob, Value
from lab.observation import Observation, RequestStep, diff, file_tree, headers, outcome
from lab.probe.serving import missing_here
from lab.project import files


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
    def kind(self) -> str:
        """Return the kind of file that was requested, which has its colour: static, media or source."""
        if self.step.label in ("css", "admin-css") or self.step.url.startswith(("/static/", "/assets/")):
            return "static"
        return "media" if self.step.label in ("media", "upload") or self.step.url.startswith("/media/") else "source"

    @property
    def ended(self) -> str:
        """Return how the request ended, for the look of the last hop: `good`, `elsewhere` (a redirect) or `bad`."""
        status = self.step.status or 0
        return "good" if status < 300 else "elsewhere" if status < 400 else "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A prediction beside what happened."""

    predicted: outcome.Outcome
    happened: outcome.Outcome

    @property
    def right(self) -> bool:
        return self.predicted == self.happened


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
    """

    experiment: Experiment
    observation: Observation
    before: Experiment | None = None
    observed_before: Observation | None = None
    guess: str = ""
    other_django: OtherDjango | None = None

    @property
    def settings(self) -> tuple[Line, ...]:
        changed = set(files.changed_settings_lines(self.experiment))
        text = files.project_files(self.experiment)[files.SETTINGS]
        return tuple(Line(number, line, number in changed) for number, line in enumerate(text.splitlines(), start=1))

    @property
    def routes(self) -> tuple[Route, ...]:
        return tuple(Route(step, headers.notes(step.headers)) for step in self.observation.requests)

    @property
    def folders(self) -> tuple[file_tree.Folder, ...]:
        return file_tree.folders(self.observation)

    @property
    def changes(self) -> tuple[diff.Change, ...]:
        return diff.changes(self.observed_before, self.observation) if self.observed_before else ()

    @property
    def turned(self) -> tuple[tuple[Knob[Any], str, str], ...]:
        """Return the knobs that differ from the experiment before, each as (knob, value then, value now)."""
        if self.before is None:
            return ()
        then, now = self.before.knobs, self.experiment.knobs
        return tuple((KNOBS[name], then[name], now[name]) for name in now if then[name] != now[name])

    @property
    def missing(self) -> str:
        """Return what this machine lacks to run the experiment: why a record is shown, or no request was made."""
        return missing_here(self.experiment)

    @property
    def page(self) -> RequestStep | None:
        return self.observation.request("page")

    @property
    def page_shown(self) -> bool:
        """Return whether there is a page to preview. A redirect or an error is described in words."""
        return self.page is not None and self.page.status == 200

    @property
    def outcome(self) -> outcome.Outcome:
        return outcome.outcome(self.observation)

    @property
    def verdict(self) -> Verdict | None:
        if not self.guess or self.observation.not_installed:
            return None
        predicted = outcome.BY_NAME[self.guess]
        return Verdict(predicted, outcome.outcome(self.observation, predicted.about))


def other_django(observation: Observation, records: Records, here: str) -> OtherDjango | None:
    """Return the newest record of this experiment on another Django series than `here`, or None."""
    experiment = Experiment.from_mapping(observation.experiment)
    for series in reversed([series for series in records.all_series() if series != here]):
        record = records.of(experiment, series)
        if record is not None:
            return OtherDjango(series, record.recorded or "", diff.changes(record, observation))
    return None


def groups(experiment: Experiment) -> tuple[tuple[Group, tuple[Position, ...]], ...]:
    """Return the form's knobs at the experiment's values, in groups, which stand in the order of their first knobs."""
    positions: dict[Group, list[Position]] = {}
    for knob, value in experiment.positions:
        positions.setdefault(knob.group, []).append(Position(knob, value))
    return tuple((group, tuple(members)) for group, members in positions.items())
