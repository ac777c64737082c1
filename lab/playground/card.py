"""A run as a picture and as Markdown: what the templates of both need beyond the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from lab.experiment import Experiment
from lab.observation import diff, trail
from lab.playground.result import Result
from lab.project.files import SETTINGS, project_files

FIRST, LAST = 270, 898  # pixels: the first and the last station
TOP, ROW = 250, 46  # where the rows begin, and how high each is
REASON_CHARACTERS = 96  # a line of the picture has


@dataclass(frozen=True, slots=True)
class Spot:
    """A station of a row, at x; `stamp` is the status where the request ended."""

    x: int
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the picture; y is its middle."""

    y: int
    kind: str
    came: str
    label: str
    address: str
    spots: tuple[Spot, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A difference, in a line of Markdown's table."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """The result, with coordinates."""

    result: Result

    @property
    def reason_lines(self) -> list[str]:
        """Return the reason in at most two lines, without its backticks."""
        return wrap(self.result.verdict.reason.replace("`", ""), REASON_CHARACTERS, max_lines=2, placeholder=" …")

    @property
    def settings(self) -> tuple[str, ...]:
        """Return what settings.py differs by from the default experiment's, as a diff."""
        old, new = (project_files(one)[SETTINGS] for one in (Experiment(), self.result.experiment))
        return diff.diff(old, new)

    @property
    def knobs(self) -> str:
        """Return the turned knobs in one line."""
        text = "  ".join(f"{chip.knob.name}={chip.value.name}" for chip in self.result.chips)
        return (text if len(text) <= 105 else f"{text[:104]}…") or "every knob at its default"

    @property
    def stations(self) -> tuple[tuple[int, str], ...]:
        """Return the x and the name of each station."""
        names = self.result.trail.stations
        return tuple(zip(_places(len(names)), names, strict=True))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        places = _places(len(self.result.trail.stations))
        for number, row in enumerate(self.result.trail.rows):
            spots = tuple(
                Spot(x, str(row.step.status) if cell.ended else "")
                for x, cell in zip(places, row.cells, strict=True)
                if cell.passed or cell.ended
            )
            address = f"{row.step.method} {row.step.url}"
            yield Line(
                y=TOP + ROW * number,
                kind=row.kind,
                came=trail.came(row.step),
                label=row.step.label,
                address=address if len(address) <= 34 else f"{address[:33]}…",
                spots=spots,
                end=spots[-1].x if spots else FIRST,
            )

    @property
    def height(self) -> int:
        return TOP + ROW * max(1, len(self.result.trail.rows)) + 24

    @property
    def changes(self) -> tuple[Told, ...]:
        """Return the differences from the run before, each in one line of a table."""
        return tuple(
            Told(
                ": ".join(part for part in (", ".join(filter(None, change.subjects)), change.aspect) if part),
                _cell(change.before),
                _cell(change.after),
            )
            for change in self.result.changes
        )


def _places(count: int) -> tuple[int, ...]:
    step = (LAST - FIRST) / max(1, count - 1)
    return tuple(round(FIRST + step * number) for number in range(count))


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())[:160]
