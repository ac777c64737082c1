"""Everything the playground shows of one experiment, worked out from its observation."""

from dataclasses import dataclass

from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.experiment.knobs import BY_NAME, Knob
from lab.observation import Observation, RequestStep, diff, file_tree, headers, outcome
from lab.probe.servers import missing_here
from lab.project import files

# The form's groups, in the order in which a project meets them.
GROUPS = (
    ("Files", ("apps", "layout", "project_static", "css", "reference")),
    ("Settings", ("finders", "storage", "default_storage", "static_url", "debug", "media_root", "media_route")),
    ("Serving", ("server", "whitenoise", "login_gate")),
    ("What is done", ("collect", "clear", "upload", "variation")),
)


@dataclass(frozen=True, slots=True)
class Position:
    """A knob as the form shows it, at one value."""

    knob: Knob
    value: str

    @property
    def turned(self) -> bool:
        return self.value != self.knob.default


@dataclass(frozen=True, slots=True)
class Line:
    """A line of settings.py; `changed` when the default experiment's file does not have it."""

    number: int
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A request with its headers explained."""

    step: RequestStep
    notes: tuple[headers.Note, ...]

    @property
    def kind(self) -> str:
        """The kind of file that was asked for, for its colour."""
        if self.step.label in ("css", "admin-css") or self.step.url.startswith(("/static/", "/assets/")):
            return "static"
        return "media" if self.step.label in ("media", "upload") or self.step.url.startswith("/media/") else "source"

    @property
    def ended(self) -> str:
        """How it ended, for the look of the last station: `good`, `elsewhere` (a redirect) or `bad`."""
        status = self.step.status or 0
        return "good" if status < 300 else "elsewhere" if status < 400 else "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A prediction beside what came."""

    predicted: outcome.Outcome
    came: outcome.Outcome

    @property
    def right(self) -> bool:
        return self.predicted == self.came


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The record of the same experiment on another Django: `changes` lead from there to here."""

    series: str
    recorded: str
    changes: tuple[diff.Change, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`before` is the experiment to compare with, if any, and `guess` the name of a predicted outcome, or empty."""

    experiment: Experiment
    observation: Observation
    before: Experiment | None = None
    observed_before: Observation | None = None
    guess: str = ""
    other_django: Elsewhere | None = None

    @property
    def settings(self) -> tuple[Line, ...]:
        changed = set(files.changed_settings_lines(self.experiment))
        text = self.observation.files[files.SETTINGS]
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
    def turned(self) -> tuple[tuple[Knob, str, str], ...]:
        """The knobs that differ from the experiment before: (knob, its value then, its value now)."""
        if self.before is None:
            return ()
        then, now = self.before.knobs, self.experiment.knobs
        return tuple((BY_NAME[name], then[name], now[name]) for name in now if then[name] != now[name])

    @property
    def missing(self) -> str:
        """What this machine lacks to run it: why a record is shown, or why there are no requests."""
        return missing_here(self.experiment)

    @property
    def page(self) -> RequestStep | None:
        return self.observation.request("page")

    @property
    def page_shown(self) -> bool:
        """Whether there is a page to preview; a redirect or an error is told in words."""
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


def elsewhere(observation: Observation, records: Records, here: str) -> Elsewhere | None:
    """What the newest record of another Django series than `here` shows; None where none is kept."""
    experiment = Experiment.from_mapping(observation.experiment)
    for series in reversed([series for series in records.all_series() if series != here]):
        record = records.of(experiment, series)
        if record is not None:
            return Elsewhere(series, record.recorded or "", diff.changes(record, observation))
    return None


def groups(experiment: Experiment) -> tuple[tuple[str, tuple[Position, ...]], ...]:
    """The form's knobs at the experiment's values, in GROUPS."""
    knobs = experiment.knobs
    return tuple((title, tuple(Position(BY_NAME[name], knobs[name]) for name in names)) for title, names in GROUPS)
