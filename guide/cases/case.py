"""A symptom as its folder describes it: docs/symptoms.md is the reference."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from guide.cases.base import base, files_below
from guide.cases.overlay import laid_over
from lab.checker.expectation import Expectation, ExpectationError
from lab.experiment.plan import PlanError, labels, parse

SYMPTOMS = Path(__file__).resolve().parents[1] / "symptoms"
KEYS = frozenset(
    {
        *("title", "group", "sight", "summary", "messages", "phrases", "settings", "related", "chapters", "claims"),
        *("base", "only", "needs", "stands_for", "fails", "fixed", "step", "apart"),
    }
)
SECTIONS = ("Fix", "Check", "Keep it fixed", "Why")
SIGHTS = {
    "404": "Not found (404)",
    "403": "Forbidden (403)",
    "400": "Refused request (400, 413)",
    "500": "A page or a command fails",
    "old": "An old file",
    "unstyled": "Unstyled, or not shown",
    "refused": "An upload is refused or lost",
    "exposed": "Something is exposed",
    "slow": "Slow, or cut off",
    "quiet": "Nothing is said, and it is wrong",
}
CONSOLE, ELSEWHERE = "console", "console elsewhere"

_BLOCK = re.compile(r"^```(?P<info>[\w ]*)\n(?P<text>.*?)^```$|^\{\{ (?P<path>\S+) \}\}$", re.MULTILINE | re.DOTALL)


class CaseError(ValueError):
    """A symptom folder that cannot be read. The message names the folder and says what is wrong, on one line."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown between two blocks."""

    markdown: str


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A file of the fixed project, named by its path."""

    path: str


@dataclass(frozen=True, slots=True)
class Console:
    """Lines for a terminal. `run` is False for what is shown and cannot be run here, such as `docker compose up`."""

    lines: tuple[str, ...]
    run: bool = True


Part = Prose | FileBlock | Console


@dataclass(frozen=True, slots=True)
class Apart:
    """A row of the table that tells look-alikes apart: what one sees, what it means, where that leads."""

    sees: str
    so: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """`slug` is the folder's name and the only key. `sections` maps a heading of SECTIONS to its parts.

    `fails` and `fixed` are expectations of the two runs. `only` is the series of Django on which it fails, where it
    does not on all; `needs` are programs and modules without which it cannot run; `stands_for` says in a sentence
    what the run stands in for, where the real thing cannot be run.
    """

    slug: str
    title: str
    group: str
    sight: str
    summary: str
    messages: tuple[str, ...]
    phrases: tuple[str, ...]
    settings: tuple[str, ...]
    related: tuple[str, ...]
    chapters: tuple[str, ...]
    claims: tuple[str, ...]
    base: str
    only: str
    needs: tuple[str, ...]
    stands_for: str
    steps: tuple[Mapping[str, Any], ...]
    fails: tuple[Expectation, ...]
    fixed: tuple[Expectation, ...]
    apart: tuple[Apart, ...]
    sections: Mapping[str, tuple[Part, ...]] = field(repr=False)
    folder: Path = field(repr=False)

    def consoles(self, heading: str) -> Iterator[Console]:
        return (part for part in self.sections.get(heading, ()) if isinstance(part, Console))

    def commands(self, heading: str) -> tuple[str, ...]:
        """Return the commands under `heading` that are run, in their order."""
        return tuple(line for console in self.consoles(heading) if console.run for line in console.lines)

    def shown_files(self) -> tuple[str, ...]:
        """Return the paths of the files that the page shows."""
        return tuple(part.path for parts in self.sections.values() for part in parts if isinstance(part, FileBlock))

    def overlay(self, name: str) -> dict[str, bytes]:
        """Return the files of fails, fixed, keep or wrong/NAME, without why.md."""
        files = files_below(self.folder / name)
        files.pop("why.md", None)
        return files

    def failing_project(self) -> dict[str, bytes]:
        return laid_over(base(self.base), self.overlay("fails"))

    def fixed_project(self) -> dict[str, bytes]:
        return laid_over(self.failing_project(), self.overlay("fixed"))

    def wrong(self) -> tuple[str, ...]:
        """Return the names of the wrong fixes."""
        folder = self.folder / "wrong"
        return tuple(sorted(one.name for one in folder.iterdir() if one.is_dir())) if folder.is_dir() else ()

    def wrong_project(self, name: str) -> dict[str, bytes]:
        return laid_over(self.failing_project(), self.overlay(f"wrong/{name}"))


def read(folder: Path) -> Case:
    """Return the case in `folder`. Raises CaseError."""
    try:
        head, body = _split((folder / "symptom.md").read_text(encoding="utf-8"))
        data = tomllib.loads(head)
        if unknown := set(data) - KEYS:
            raise CaseError(f"unknown: {', '.join(sorted(unknown))}")
        steps = tuple(data.get("step", ()))
        known = labels(parse([step for step in steps if "fix" not in step]))
        sections = _sections(body)
        known += [f"check{number}" for number in range(1, 1 + len(_commands(sections, "Check")))]
        known += ["refused"] + [f"fix{number}" for number in range(1, 1 + len(_commands(sections, "Fix")))]
        return Case(
            slug=folder.name,
            title=data["title"],
            group=_one_of(groups(), data["group"], "group"),
            sight=_one_of(SIGHTS, data["sight"], "sight"),
            summary=data["summary"].strip(),
            messages=tuple(message.strip() for message in data["messages"]),
            phrases=tuple(data["phrases"]),
            settings=tuple(data.get("settings", ())),
            related=tuple(data.get("related", ())),
            chapters=tuple(data.get("chapters", ())),
            claims=tuple(data.get("claims", ())),
            base=data.get("base", "page"),
            only=data.get("only", ""),
            needs=tuple(data.get("needs", ())),
            stands_for=data.get("stands_for", "").strip(),
            steps=steps,
            fails=_expectations(data["fails"], known),
            fixed=_expectations(data["fixed"], known),
            apart=tuple(Apart(**row) for row in data.get("apart", ())),
            sections=sections,
            folder=folder,
        )
    except KeyError as missing:
        raise CaseError(f"{folder.name}: {missing} is missing") from missing
    except (OSError, ValueError, TypeError, AttributeError, PlanError, ExpectationError) as error:
        raise CaseError(f"{folder.name}: {error}") from error


def folders(root: Path = SYMPTOMS) -> list[Path]:
    """Return the folders that hold a symptom, by slug."""
    return sorted(path.parent for path in root.glob("*/symptom.md"))


@cache
def groups(root: Path = SYMPTOMS) -> Mapping[str, str]:
    """Return the title of each group, in order -> what it is about."""
    data = tomllib.loads((root / "_groups.toml").read_text(encoding="utf-8"))
    return {group["title"]: group["about"] for group in data["group"]}


@cache
def cases() -> Mapping[str, Case]:
    """Return slug -> case, ordered by slug. Raises CaseError."""
    return {folder.name: read(folder) for folder in folders()}


def _split(text: str) -> tuple[str, str]:
    """Return the TOML between the two lines of +++ and the body below them."""
    parts = re.split(r"^\+\+\+$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise CaseError("symptom.md begins with a TOML head between two lines of +++")
    return parts[1], parts[2]


def _sections(body: str) -> dict[str, tuple[Part, ...]]:
    pieces = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
    if pieces[0].strip():
        raise CaseError("the body begins with a heading ## Fix")
    sections = {heading.strip(): tuple(_parts(text)) for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    if unknown := [heading for heading in sections if heading not in SECTIONS]:
        raise CaseError(f"there is no section {unknown[0]!r}; there are: {', '.join(SECTIONS)}")
    if missing := [heading for heading in ("Fix", "Why") if heading not in sections]:
        raise CaseError(f"the section {missing[0]} is missing")
    return sections


def _parts(text: str) -> Iterator[Part]:
    end = 0
    for block in _BLOCK.finditer(text):
        if prose := text[end : block.start()].strip():
            yield Prose(prose)
        end = block.end()
        info = (block["info"] or "").strip()
        if block["path"]:
            yield FileBlock(block["path"])
        elif info in (CONSOLE, ELSEWHERE):
            yield Console(tuple(_typed(block["text"])), run=info == CONSOLE)
        else:
            yield Prose(block[0])
    if prose := text[end:].strip():
        yield Prose(prose)


def _typed(text: str) -> Iterator[str]:
    """Yield what is typed: lines after "$ ", those that continue one joined to it. Output is observed, not written."""
    command = ""
    for line in text.splitlines():
        if command.endswith("\\"):
            command += "\n" + line
        elif line.startswith("$ "):
            command = line[2:]
        elif line.strip():
            raise CaseError(f"a line of a console begins with '$ ': {line!r}")
        else:
            continue
        if not command.endswith("\\"):
            yield command


def _commands(sections: Mapping[str, tuple[Part, ...]], heading: str) -> list[str]:
    consoles = (part for part in sections.get(heading, ()) if isinstance(part, Console))
    return [line for console in consoles if console.run for line in console.lines]


def _expectations(sentences: list[str], known: list[str]) -> tuple[Expectation, ...]:
    expectations = tuple(Expectation.parse(sentence) for sentence in sentences)
    for expectation in expectations:
        for label in expectation.labels:
            if label not in known:
                raise CaseError(f"{str(expectation)!r} asks of {label!r}, which no step is called")
    return expectations


def _one_of(known: Mapping[str, str], name: str, what: str) -> str:
    if name not in known:
        raise CaseError(f"there is no {what} {name!r}; there are: {', '.join(known)}")
    return name
