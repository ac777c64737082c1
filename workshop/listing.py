"""Files as a page shows them: a project's at its start, and what somebody changed in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.my_workshop import Change, moved

LINES = 400  # of a diff; nobody reads more

SIGNS = {"+": "added", "-": "removed", "@": "place"}


@dataclass(frozen=True, slots=True)
class Listed:
    """`kind` is source, static or media, as everywhere; `text` is None for what is not text."""

    path: str
    kind: str
    text: str | None


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`kind` is added, removed, place (which lines these are) or same; `text` begins with its sign."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Diff:
    """`change` is changed, added, deleted or "moves to" a path; `rest` lines more than are shown."""

    path: str
    kind: str
    change: str
    lines: tuple[DiffLine, ...]
    rest: int

    @property
    def told(self) -> str:
        """Such as "changed: 2 lines added, 1 removed"."""
        added, removed = (sum(line.kind == kind for line in self.lines) for kind in ("added", "removed"))
        counts = [f"{added} line{'s' * (added != 1)} added"] if added else []
        counts += [f"{removed} {'' if counts else 'line' + 's' * (removed != 1) + ' '}removed"] if removed else []
        return f"{self.change}: {', '.join(counts)}" if counts and not self.rest else self.change


def listed(files: Mapping[str, bytes]) -> tuple[Listed, ...]:
    return tuple(Listed(path, kind(path), _text(content)) for path, content in files.items())


def diffs(changes: Sequence[Change]) -> list[Diff]:
    """A file that only went elsewhere is one change, not two."""
    moves = moved(changes)
    return [
        Diff(change.path, kind(change.path), f"moves to {moves[change.path]}", (), 0)
        if change.path in moves
        else _diff(change)
        for change in changes
        if change.path not in moves.values()
    ]


def _diff(change: Change) -> Diff:
    lines = tuple(DiffLine(SIGNS.get(line[:1], "same"), line) for line in change.lines[:LINES])
    return Diff(change.path, kind(change.path), change.kind, lines, max(0, len(change.lines) - LINES))


def kind(path: str) -> str:
    """The kind of file that a project's path is, for its colour."""
    parts = path.split("/")
    if parts[0] in ("uploads", "media"):
        return "media"
    return "static" if {"static", "staticfiles"}.intersection(parts[:-1]) else "source"


def _text(content: bytes) -> str | None:
    return None if b"\0" in content else content.decode("utf-8", "replace")
