"""A decision tree as its file describes it: a TOML file below guide/symptoms/_which/."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "symptoms" / "_which"
FIRST = "start"
STEPS = 4  # at most, on any way through a tree


class TreeError(ValueError):
    """A tree that cannot be read. The message names the file and says what is wrong, on one line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one sees. It leads to another step, or to a symptom; exactly one of the two is given."""

    sees: str
    step: str = ""
    symptom: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One observation: `look` says what to look at, `run` is the command for it, where there is one."""

    name: str
    look: str
    answers: tuple[Answer, ...]
    run: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """`slug` is the file's name; `sees` are the few words under which it stands on the index."""

    slug: str
    title: str
    about: str
    steps: Mapping[str, Step]

    def symptoms(self) -> set[str]:
        """Return the slugs of all symptoms at which it ends."""
        return {answer.symptom for step in self.steps.values() for answer in step.answers if answer.symptom}

    def ways(self, step: str = FIRST) -> Iterator[tuple[str, ...]]:
        """Yield every way from `step` on: the names of its steps, then the symptom."""
        for answer in self.steps[step].answers:
            if answer.symptom:
                yield step, answer.symptom
            else:
                yield from ((step, *rest) for rest in self.ways(answer.step))


@cache
def trees() -> Mapping[str, Tree]:
    """Return slug -> tree, in the order of their files' numbers. Raises TreeError."""
    return {tree.slug: tree for tree in map(read, sorted(FOLDER.glob("*.toml"), key=_number))}


def _number(path: Path) -> int:
    return int(path.stem.partition("-")[0])


def read(path: Path) -> Tree:
    """Return the tree in that file, whose name is a number for the order and the slug. Raises TreeError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = {name: _step(name, table) for name, table in data["step"].items()}
        for step in steps.values():
            for answer in step.answers:
                if bool(answer.step) == bool(answer.symptom):
                    raise TreeError(f"{step.name}: an answer leads to a step or to a symptom")
                if answer.step and answer.step not in steps:
                    raise TreeError(f"{step.name}: there is no step {answer.step!r}")
        tree = Tree(path.stem.partition("-")[2], data["title"], data["about"], steps)
        longest = max(len(way) - 1 for way in tree.ways())
    except KeyError as missing:
        raise TreeError(f"{path.name}: {missing} is missing") from missing
    except RecursionError as error:
        raise TreeError(f"{path.name}: a step leads back to itself") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise TreeError(f"{path.name}: {error}") from error
    if longest > STEPS:
        raise TreeError(f"{path.name}: one way has {longest} steps; {STEPS} is the most")
    return tree


def _step(name: str, table: Mapping[str, object]) -> Step:
    answers = tuple(Answer(**answer) for answer in table["answer"])  # type: ignore[attr-defined]
    return Step(name, str(table["look"]), answers, str(table.get("run", "")))


def leading_to(symptom: str) -> tuple[Tree, ...]:
    """Return the trees that end at that symptom, among others."""
    return tuple(tree for tree in trees().values() if symptom in tree.symptoms())
