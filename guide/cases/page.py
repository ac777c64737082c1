"""What a symptom's page shows: the fix first, as files and commands that ran; then the two runs, then why."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from django.utils.safestring import SafeString

from guide.cases import markdown, record
from guide.cases.case import Case, Console, FileBlock, Part, Prose, cases
from guide.cases.overlay import SETTINGS, statements
from guide.cases.record import Record, Seen
from guide.cases.run import INSTALL
from lab.probe.versions import django_series
from mysite.web.code import CodeLine, code_lines

SERIES = ("5.2", "6.1")
ASIDE = re.compile(r"(fix|check|keep)\d+")  # labels of what stands above the two runs already


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file; `change` is "new", "gone" or empty, against the failing project."""

    text: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file to write, with what its change amounts to."""

    path: str
    note: str
    lines: tuple[Line, ...]

    @property
    def kind(self) -> str:
        return "file"

    @property
    def text(self) -> str:
        """What is to be copied."""
        return "\n".join(line.text for line in self.lines if line.change != "gone")

    @property
    def code(self) -> tuple[tuple[str, CodeLine], ...]:
        """Return the lines as HTML, each with its change. What is kept is coloured as the whole that it is."""
        kept = iter(code_lines(self.text, self.path))
        return tuple(
            (line.change, next(kept) if line.change != "gone" else code_lines(line.text or " ", self.path)[0])
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, with what it printed where it ran; `exit` is None where it did not."""

    line: str
    output: str = ""
    exit: int | None = None


@dataclass(frozen=True, slots=True)
class Terminal:
    """Commands to type. `elsewhere` when they are for a machine of the reader's and are not run here."""

    commands: tuple[Typed, ...]
    elsewhere: bool

    @property
    def kind(self) -> str:
        return "terminal"

    @property
    def text(self) -> str:
        return "\n".join(command.line for command in self.commands)


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs."""

    html: SafeString

    @property
    def kind(self) -> str:
        return "text"


Block = File | Terminal | Text


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the fix; the first one may be without a heading."""

    heading: SafeString | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One command or request of the two runs; a side is None where it was not made."""

    label: str
    fails: Seen | None
    fixed: Seen | None

    @property
    def sides(self) -> tuple[Seen | None, Seen | None]:
        return self.fails, self.fixed


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the other Django shows where it differs: "css, it fails", and its outcome."""

    series: str
    what: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` are those that differ between the two runs on this Django, or on the one that has a record."""

    case: Case
    summary: SafeString
    steps: tuple[Step, ...]
    check: tuple[Block, ...]
    keep: tuple[Block, ...]
    why: tuple[Block, ...]
    apart: tuple[tuple[SafeString, SafeString, Case | None], ...]
    rows: tuple[Row, ...]
    record: Record | None
    elsewhere: tuple[Elsewhere, ...]
    related: tuple[Case, ...]


@cache
def page(slug: str) -> Page:
    """Return the page of that symptom. Raises KeyError when there is no such symptom."""
    case = cases()[slug]
    here = _record(case)
    return Page(
        case=case,
        summary=markdown.inline(case.summary),
        steps=tuple(_steps(case, here)),
        check=tuple(_blocks(case, "Check", "check", here)),
        keep=tuple(_blocks(case, "Keep it fixed", "keep", here)),
        why=tuple(_blocks(case, "Why", "", here)),
        apart=tuple(
            (markdown.inline(row.sees), markdown.inline(row.so), cases().get(row.page) if row.page else None)
            for row in case.apart
        ),
        rows=() if here is None else tuple(_rows(here)),
        record=here,
        elsewhere=tuple(_elsewhere(case, here)),
        # `verify` complains about one that is missing; the page is shown without it.
        related=tuple(cases()[other] for other in case.related if other in cases()),
    )


def _record(case: Case) -> Record | None:
    """Return the record of the Django on which the case fails: this one, where it fails on all."""
    order = [case.only or django_series(), *SERIES]
    return next((found for series in order if (found := record.read(case.folder, series))), None)


def _steps(case: Case, here: Record | None) -> Iterator[Step]:
    heading: SafeString | None = None
    blocks: list[Block] = []
    for part, block in zip(case.sections["Fix"], _blocks(case, "Fix", "fix", here), strict=True):
        if not isinstance(part, Prose):
            blocks.append(block)
            continue
        for piece in re.split(r"^(?=### )", part.markdown, flags=re.MULTILINE):
            if piece.startswith("### "):
                if heading or blocks:
                    yield Step(heading, tuple(blocks))
                title, _, rest = piece.partition("\n")
                heading, blocks = markdown.inline(title.removeprefix("### ")), []
                piece = rest
            if piece.strip():
                blocks.append(Text(markdown.block(piece)))
    yield Step(heading, tuple(blocks))


def _blocks(case: Case, heading: str, label: str, here: Record | None) -> Iterator[Block]:
    number = 0
    for part in case.sections.get(heading, ()):
        if isinstance(part, Console) and part.run:
            labels = [f"{label}{number + index}" for index in range(1, len(part.lines) + 1)]
            number += len(part.lines)
            yield Terminal(
                tuple(_typed(line, name, here) for line, name in zip(part.lines, labels, strict=True)), elsewhere=False
            )
        else:
            yield _block(case, part)


def _block(case: Case, part: Part) -> Block:
    if isinstance(part, FileBlock):
        return _file(case, part.path)
    if isinstance(part, Console):
        return Terminal(tuple(Typed(line) for line in part.lines), elsewhere=True)
    return Text(markdown.block(part.markdown))


def _typed(line: str, label: str, here: Record | None) -> Typed:
    if here is None or INSTALL.fullmatch(line):
        return Typed(line)
    seen = next((seen for seen in here.fixed if seen.label == label), None)
    return Typed(line) if seen is None else Typed(line, seen.output, seen.status)


def _file(case: Case, path: str) -> File:
    old = case.failing_project().get(path)
    keep = case.overlay("keep")
    if path in keep:
        return File(path, "new file", tuple(Line(text) for text in keep[path].decode(errors="replace").splitlines()))
    if path == SETTINGS and path in case.overlay("fixed"):
        lines = tuple(_settings_lines((old or b"").decode(), case.overlay("fixed")[path].decode()))
        return File(path, _note(lines), lines)
    new = case.fixed_project()[path].decode(errors="replace")
    if old is None:
        return File(path, "new file", tuple(Line(text) for text in new.splitlines()))
    lines = tuple(_compared(old.decode(errors="replace").splitlines(), new.splitlines()))
    return File(path, _note(lines), lines)


def _settings_lines(old: str, fragment: str) -> Iterator[Line]:
    """Yield the fragment's lines, each marked against the statement that it replaces."""
    body = [statement for statement, _ in statements(old)]
    # Without the comments above them, which stay where they are.
    before = {_name(one): old.splitlines()[one.lineno - 1 : one.end_lineno] for one in body if _name(one)}
    first = True
    for statement, text in statements(fragment):
        if not first:
            yield Line("")
        first = False
        old_lines = before.get(_name(statement), [])
        if isinstance(statement, ast.Delete):  # "del NAME" is said to the overlay; a reader deletes the lines
            yield from (Line(text, "gone") for text in old_lines)
        else:
            yield from _compared(old_lines, text.splitlines())


def _name(statement: ast.stmt) -> str:
    return ast.unparse(statement.targets[0]) if isinstance(statement, ast.Assign | ast.Delete) else ""


def _compared(old: list[str], new: list[str]) -> Iterator[Line]:
    # startproject writes single quotes, or double ones where black is installed: that is no change.
    before = [text.replace("'", '"') for text in old]
    after = [text.replace("'", '"') for text in new]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            yield from (Line(text, "gone") for text in old[a:b])
        if tag in ("replace", "insert"):
            yield from (Line(text, "new") for text in new[c:d])
        if tag == "equal":
            yield from (Line(text) for text in new[c:d])


def _note(lines: tuple[Line, ...]) -> str:
    new = sum(line.change == "new" and bool(line.text.strip()) for line in lines)
    gone = sum(line.change == "gone" and bool(line.text.strip()) for line in lines)
    told = [f"{new} line{'s' if new != 1 else ''} new"] * bool(new) + [f"{gone} gone"] * bool(gone)
    return ", ".join(told) or "no change if these lines are there"


def _rows(here: Record) -> Iterator[Row]:
    """Yield what differs between the two runs, in the order of the run that went further."""
    sides: tuple[Mapping[str, Seen], Mapping[str, Seen]] = (
        {seen.label: seen for seen in here.fails},
        {seen.label: seen for seen in here.fixed},
    )
    for label in dict.fromkeys([*sides[0], *sides[1]]):
        fails, fixed = sides[0].get(label), sides[1].get(label)
        if not ASIDE.fullmatch(label) and fails != fixed:
            yield Row(label, _beside(fails, fixed), _beside(fixed, fails))


def _beside(mine: Seen | None, other: Seen | None) -> Seen | None:
    """Return `mine` with those headers alone that the other side has otherwise."""
    if mine is None or other is None:
        return mine if mine is None else replace(mine, headers=_named(mine, "location"))
    return replace(mine, headers=tuple(header for header in mine.headers if header not in other.headers))


def _named(seen: Seen, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(header for header in seen.headers if header[0] == name)


def _elsewhere(case: Case, here: Record | None) -> Iterator[Elsewhere]:
    """Yield each outcome that another Django has otherwise."""
    for series in SERIES:
        other = None if here is None or series == here.series else record.read(case.folder, series)
        if here is None or other is None:
            continue
        for side, mine, theirs in (("it fails", here.fails, other.fails), ("fixed", here.fixed, other.fixed)):
            known = {seen.label: seen for seen in mine}
            for seen in theirs:
                if ASIDE.fullmatch(seen.label):
                    continue
                ours = known.get(seen.label)
                if ours is None or (ours.outcome, ours.by) != (seen.outcome, seen.by):
                    yield Elsewhere(
                        series, f"{seen.label}, {side}", seen.outcome + (f" by {seen.by}" if seen.by else "")
                    )
