"""Lines of real files, for pages that show code: read when asked, never pasted."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """A line of source; `path` begins at the project or at the package, never at this machine's folders."""

    path: str
    number: int
    text: str


@dataclass(frozen=True)
class Excerpt:
    """`lines` are (number, text) pairs; `path` is relative to the project."""

    path: str
    lines: tuple[tuple[int, str], ...]

    @property
    def first(self) -> int:
        """The number of the first line."""
        return self.lines[0][0] if self.lines else 1

    @property
    def text(self) -> str:
        return "\n".join(text for _number, text in self.lines)


def excerpt(base: Path, path: str, first: str = "", last: str = "") -> Excerpt:
    """The lines from the first that contains `first` to the next that contains `last`; the whole file without them.

    A function begins with its decorators. Raises LookupError when a marker is not there, or when the lines are
    comments alone, so that a page can't quietly show the wrong lines.
    """
    file = base.joinpath(*path.split("/"))  # in pieces: a template's SafeString is no part of a Path
    return excerpt_of(file.read_text(encoding="utf-8"), path, first, last)


def excerpt_of(text: str, path: str, first: str = "", last: str = "") -> Excerpt:
    """The same of a file's text, such as that of a mini-project. Raises LookupError."""
    lines = list(enumerate(text.splitlines(), start=1))
    start = _index(lines, first, 0, path)
    end = _end(lines, last, start, path) if last else len(lines) - 1
    if all(text.lstrip().startswith("#") for _, text in lines[start : end + 1]):
        raise LookupError(f"{path} has only comments from {first!r} to {last!r}")
    while start and _decorated(lines[start][1]) and lines[start - 1][1].lstrip().startswith("@"):
        start -= 1
    return Excerpt(path, tuple(lines[start : end + 1]))


def _decorated(line: str) -> bool:
    return line.lstrip().startswith(("def ", "class ", "@"))


def _end(lines: list[tuple[int, str]], marker: str, start: int, path: str) -> int:
    """The closing line, such as a `}` right below the first line's indentation; else the next that has the marker."""
    text = lines[start][1]
    closing = text[: len(text) - len(text.lstrip())] + marker
    for index in range(start + 1, len(lines)):
        if lines[index][1] == closing:
            return index
    return _index(lines, marker, start, path)


def _index(lines: list[tuple[int, str]], marker: str, start: int, path: str) -> int:
    for index in range(start, len(lines)):
        if marker in lines[index][1]:
            return index
    raise LookupError(f"{path} has no line with {marker!r}")
