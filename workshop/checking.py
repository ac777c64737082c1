"""Checking a folder: the lab carries the exercise's plan out on a copy of it, and its claims are asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.engine import api
from lab.observation import Fault, Observation
from lab.process.runner import ExperimentFailed
from workshop.exercise import Exercise, ExerciseClaim
from workshop.expectation import Facts, Finding

SECONDS = 20.0

Perform = Callable[[Mapping[str, Any], float], Any]


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim and what was found for each of its expectations."""

    claim: ExerciseClaim
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return all(finding.holds for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.claim.id,
            "says": self.claim.says,
            "holds": self.holds,
            "advice": self.claim.advice,
            "symptom": self.claim.symptom,
            "findings": [
                {"expected": str(finding.expectation), "found": finding.found, "holds": finding.holds}
                for finding in self.findings
            ],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found. `trouble` is a sentence when the project could not be tried to the end; then see `advice`.

    `labels` has one for each step of `observation`, which is None when there was nothing to observe.
    """

    exercise: Exercise
    claims: tuple[ClaimResult, ...]
    observation: Observation | None
    labels: tuple[str, ...]
    trouble: str
    advice: str

    @property
    def passed(self) -> bool:
        return not self.trouble and all(claim.holds for claim in self.claims)

    def to_dict(self) -> dict[str, Any]:
        return {
            "exercise": self.exercise.name,
            "title": self.exercise.title,
            "passed": self.passed,
            "trouble": self.trouble or None,
            "advice": self.advice or None,
            "claims": [claim.to_dict() for claim in self.claims],
            "observation": None if self.observation is None else self.observation.to_dict(),
            "labels": list(self.labels),
        }


def check(exercise: Exercise, folder: Path, perform: Perform | None = None) -> Result:
    """Try the project in `folder`, by lab.engine.api.perform unless `perform` is given. What it does is a result."""
    if not folder.is_dir():
        return _trouble(exercise, "The folder is not there.", f"manage.py workshop start {exercise.number}")
    try:
        done = (perform or api.perform)({"source": str(folder.resolve()), "steps": list(exercise.steps)}, SECONDS)
    except ExperimentFailed as failure:
        return _trouble(exercise, *_ended(str(failure)))
    observation = Observation.from_dict(done["observation"])
    claims = _judged(exercise, done["facts"])
    trouble, advice = done["trouble"] or "", ""
    if observation.refused is not None:
        trouble, advice = _refused(observation.refused)
    elif "manage.py is not there" in trouble:
        advice = f"Or start afresh: manage.py workshop reset {exercise.number}"
    elif "server" in trouble:
        advice = "Run the server yourself in your folder and read what it says: python manage.py runserver"
    return Result(exercise, claims, observation, tuple(done["labels"]), trouble, advice)


def _trouble(exercise: Exercise, trouble: str, advice: str) -> Result:
    return Result(exercise, _judged(exercise, {}), None, (), trouble, advice)


def _judged(exercise: Exercise, facts: Facts) -> tuple[ClaimResult, ...]:
    return tuple(
        ClaimResult(claim, tuple(expectation.judge(facts) for expectation in claim.expectations))
        for claim in exercise.claims
    )


def _ended(message: str) -> tuple[str, str]:
    if "too long" in message:
        return (
            f"The project took longer than {SECONDS:.0f} seconds and was ended.",
            "Look for a loop that does not end, or for something that waits: for a key, or for the network.",
        )
    if "ended with status" in message:
        return (
            "The project's process was ended: it wanted more memory or time than it may have.",
            "Look for something that grows without end.",
        )
    return ("The check could not be carried out.", message.strip().splitlines()[-1] if message.strip() else "")


_ADVICE = {
    "SyntaxError": "Python cannot read a file. The message names it and the line.",
    "IndentationError": "Python cannot read a file: the indentation of the line that the message names is wrong.",
    "ModuleNotFoundError": "A name in INSTALLED_APPS, MIDDLEWARE or an import is not that of a module.",
    "ImportError": "Something that is imported is not there. The message says what.",
    "ImproperlyConfigured": "Django refuses a setting. The message says which one.",
    "SystemCheckError": "Django's checks refuse the project: python manage.py check says the same in your folder.",
    "MemoryError": "Something wants more memory than a check may have. Look for what grows without end.",
    "RecursionError": "Something calls itself without end.",
    "UnicodeDecodeError": "A file is not text. Bring it back, or reset the exercise.",
    "NameError": "A file uses a name that it has not imported or defined.",
}


def _refused(fault: Fault) -> tuple[str, str]:
    return (
        f"The project does not start. {fault.type}: {fault.message}",
        _ADVICE.get(fault.type, "Run python manage.py check in your folder: it gives the whole traceback."),
    )
