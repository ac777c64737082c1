"""The exercises as their folders describe them: docs/exercises.md is the reference."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from lab.checker.expectation import Expectation, ExpectationError, Facts
from lab.experiment.plan import Plan, PlanError, Serve, labels, parse
from mysite.serving import nginx

EXERCISES = Path(__file__).resolve().parent / "exercises"
KEYS = ("title", "task", "goal", "chapter", "open", "page", "hints", "needs", "step", "claim")
CLAIM_KEYS = ("id", "says", "expect", "advice", "found", "symptom")
FOUND_KEYS = ("if", "advice")
TASK_CHARACTERS = 200


class ExerciseError(ValueError):
    """An exercise.toml that cannot be read. The message names the exercise and says what is wrong, on one line."""


@dataclass(frozen=True, slots=True)
class WrongTurn:
    """What to advise when these expectations hold, though the claim does not: a wrong turn that many take."""

    conditions: tuple[Expectation, ...]
    advice: str

    def fits(self, facts: Facts) -> bool:
        return all(condition.judge(facts).holds for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class ExerciseClaim:
    """What must be true in the end. `symptom` is the slug of a symptom's page, or None.

    `means` says in words what an expectation, by its sentence, is about. `advice` is for a failure that none of
    `wrong_turns` fits.
    """

    id: str
    says: str
    expectations: tuple[Expectation, ...]
    advice: str
    symptom: str | None = None
    wrong_turns: tuple[WrongTurn, ...] = ()
    means: Mapping[str, str] = field(default_factory=dict)

    def wrong_turn(self, facts: Facts) -> WrongTurn | None:
        """Return the first wrong turn that fits."""
        return next((turn for turn in self.wrong_turns if turn.fits(facts)), None)


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes to start/: the solution, another way, or a wrong fix. `changes` is path -> content, None for a file that
    goes. `title` is the first line of why.md where that is a heading, else ""."""

    name: str
    why: str
    changes: Mapping[str, bytes | None]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """`name` is its folder's, such as "01_whose_app_css"; `task` is the goal in a sentence or two; `needs` are modules
    of Python that the project imports and that not everybody has; `page` is the label of the request that shows the
    fault, "" for the first page."""

    name: str
    title: str
    task: str
    goal: str
    chapter: str
    open: tuple[str, ...]
    hints: tuple[str, ...]
    plan: Plan
    claims: tuple[ExerciseClaim, ...]
    folder: Path
    needs: tuple[str, ...] = ()
    page: str = ""

    @property
    def number(self) -> int:
        return int(self.name[:2])

    @property
    def slug(self) -> str:
        """The name in its address."""
        return self.name.replace("_", "-")

    @property
    def start(self) -> Path:
        return self.folder / "start"

    def start_files(self) -> dict[str, bytes]:
        """Path -> content."""
        return files_below(self.start)

    def solution(self) -> Fix:
        return _fix(self.folder / "solution")

    def alternatives(self) -> tuple[Fix, ...]:
        """Return other right ways, each with its trade-offs."""
        return _fixes(self.folder / "alternatives")

    def wrong(self) -> tuple[Fix, ...]:
        return _fixes(self.folder / "wrong")

    def lacking(self) -> tuple[str, ...]:
        """Return what this machine does not have and a check needs, by the names that people install it by."""
        servers = {step.server for step in self.plan if isinstance(step, Serve)}
        lacking = ["nginx"] if "nginx" in servers and nginx.find() is None else []
        return (*lacking, *(name for name in self.needs if find_spec(name) is None))


def read(folder: Path) -> Exercise:
    """The exercise in that folder. Raises ExerciseError."""
    try:
        data = tomllib.loads((folder / "exercise.toml").read_text(encoding="utf-8"))
        if set(data) - set(KEYS):
            raise ExerciseError(f"unknown: {', '.join(sorted(set(data) - set(KEYS)))}")
        if not (folder.name[:2].isdigit() and folder.name[2:3] == "_"):
            raise ExerciseError("the folder's name is not NN_name")
        plan = parse(data["step"])
        claims = tuple(_claim(table, labels(plan)) for table in data["claim"])
        return Exercise(
            name=folder.name,
            title=data["title"],
            task=" ".join(data["task"].split()),
            goal=data["goal"].strip(),
            chapter=data["chapter"],
            open=tuple(data["open"]),
            hints=tuple(hint.strip() for hint in data["hints"]),
            plan=plan,
            claims=claims,
            folder=folder,
            needs=tuple(data.get("needs", ())),
            page=data.get("page", ""),
        )
    except KeyError as missing:
        raise ExerciseError(f"{folder.name}: {missing} is missing") from missing
    except (OSError, ValueError, TypeError, AttributeError, PlanError, ExpectationError, ExerciseError) as error:
        raise ExerciseError(f"{folder.name}: {error}") from error


def _claim(table: Mapping[str, Any], known: list[str]) -> ExerciseClaim:
    if set(table) - set(CLAIM_KEYS):
        raise ExerciseError(f"unknown in a claim: {', '.join(sorted(set(table) - set(CLAIM_KEYS)))}")
    means = {entry["that"]: entry["means"] for entry in table["expect"] if not isinstance(entry, str)}
    sentences = [entry if isinstance(entry, str) else entry["that"] for entry in table["expect"]]
    expectations = _expectations(sentences, known)
    wrong_turns = []
    for entry in table.get("found", ()):
        if set(entry) != set(FOUND_KEYS):
            raise ExerciseError(f"what is found has {' and '.join(FOUND_KEYS)}: {entry}")
        wrong_turns.append(WrongTurn(_expectations(entry["if"], known), entry["advice"].strip()))
    return ExerciseClaim(
        id=table["id"],
        says=table["says"].strip(),
        expectations=expectations,
        advice=table["advice"].strip(),
        symptom=table.get("symptom"),
        wrong_turns=tuple(wrong_turns),
        means={str(Expectation.parse(sentence)): meaning for sentence, meaning in means.items()},
    )


def _expectations(sentences: Iterable[str], known: Collection[str]) -> tuple[Expectation, ...]:
    expectations = tuple(map(Expectation.parse, sentences))
    for expectation in expectations:
        for label in expectation.labels:
            if label not in known:
                raise ExerciseError(f"{str(expectation)!r} asks of {label!r}, which no step is called")
    return expectations


@cache
def exercises() -> tuple[Exercise, ...]:
    """Those of this site, in learning order: in WORKSHOP_EXERCISES, or beside this file. Raises ExerciseError."""
    return tuple(read(folder) for folder in folders())


def of_chapter(slug: str) -> list[Exercise]:
    """Return the exercises that name this chapter of the guide, and read no others. Raises ExerciseError."""
    naming = (folder for folder in folders() if slug in (folder / "exercise.toml").read_text(encoding="utf-8"))
    return [exercise for exercise in map(read, naming) if exercise.chapter == slug]


def place() -> Path:
    """The folder that holds the exercises of this site. Raises ExerciseError when it is not there."""
    folder = Path(getattr(settings, "WORKSHOP_EXERCISES", EXERCISES))
    if not folder.is_dir():
        raise ExerciseError(f"there is no folder {folder}")
    return folder


def folders() -> list[Path]:
    """Those of the exercises, whether or not they can be read. Raises ExerciseError."""
    return sorted(folder for folder in place().iterdir() if (folder / "exercise.toml").is_file())


def by_name(name: str) -> Exercise | None:
    """By its number ("3", "03") or its folder's name, whole or without the number."""
    wanted = name.strip().lower().replace("-", "_")
    for exercise in exercises():
        if wanted in (exercise.name, exercise.name[3:]) or (wanted.isdigit() and int(wanted) == exercise.number):
            return exercise
    return None


def files_below(folder: Path) -> dict[str, bytes]:
    """Path, with forward slashes -> content; without what Python leaves behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _fixes(folder: Path) -> tuple[Fix, ...]:
    return tuple(_fix(one) for one in sorted(folder.iterdir()) if one.is_dir()) if folder.is_dir() else ()


def _fix(folder: Path) -> Fix:
    """The fix in that folder. Without why.md its `why` is empty."""
    changes: dict[str, bytes | None] = dict(files_below(folder))
    why = changes.pop("why.md", None) or b""
    for line in (changes.pop("delete.txt", None) or b"").decode().splitlines():
        if line.strip():
            changes[line.strip()] = None
    title, _, rest = why.decode().strip().partition("\n") if why.startswith(b"# ") else ("", "", why.decode())
    return Fix(folder.name, rest.strip(), changes, title.removeprefix("# "))


def applied(fix: Fix, target: Path) -> None:
    """Make the fix's changes in the folder `target`."""
    for path, content in fix.changes.items():
        if content is None:
            (target / path).unlink(missing_ok=True)
        else:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
