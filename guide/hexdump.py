"""A file's bytes as a strip to look at: eight in a row, those that tell something marked, dull stretches left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH = 8  # bytes in a row: as many as a phone has room for
BEGINNING = 2  # rows that are always shown
OF_A_MARK = 4  # rows at most


@dataclass(frozen=True, slots=True)
class Mark:
    """Bytes that tell something, and what; `payload` where it is what was smuggled in."""

    start: int
    end: int
    tells: str
    payload: bool = False

    @property
    def kind(self) -> str:
        return "payload" if self.payload else "tells"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring bytes of a row that have the same mark: "tells", "payload" or none."""

    kind: str
    digits: str
    letters: str


@dataclass(frozen=True, slots=True)
class Row:
    """Bytes from `offset` on; `skipped` bytes before them are not shown."""

    offset: str
    runs: tuple[Run, ...]
    skipped: int


def strip(content: bytes, marks: Sequence[Mark]) -> tuple[Row, ...]:
    """Return the rows that are worth a look: the beginning, and what is marked."""
    wanted = set(range(BEGINNING))
    for mark in marks:
        first, last = mark.start // WIDTH, (mark.end - 1) // WIDTH
        wanted |= set(range(first, min(last + 1, first + OF_A_MARK)))
    return tuple(_rows(content, marks, sorted(number for number in wanted if number * WIDTH < len(content))))


def _rows(content: bytes, marks: Sequence[Mark], numbers: Sequence[int]) -> Iterator[Row]:
    after = 0
    for number in numbers:
        start = number * WIDTH
        places = range(start, min(start + WIDTH, len(content)))
        runs = (_run(kind, content, list(group)) for kind, group in groupby(places, lambda place: _kind(place, marks)))
        yield Row(f"{start:04x}", tuple(runs), start - after)
        after = places.stop
    if after < len(content):
        yield Row("", (), len(content) - after)


def _run(kind: str, content: bytes, places: Sequence[int]) -> Run:
    part = content[places[0] : places[-1] + 1]
    return Run(kind, part.hex(" "), "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part))


def _kind(place: int, marks: Sequence[Mark]) -> str:
    return next((mark.kind for mark in reversed(marks) if mark.start <= place < mark.end), "")
