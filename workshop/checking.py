"""Checking a folder: the exercise's plan is carried out on a copy of it, and the claims are judged by what it did."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.checker.expectation import Judgement
from lab.checker.trial import Perform, try_folder
from lab.engine import api
from lab.observation import Observation
from workshop.exercise import Exercise, ExerciseClaim


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim and what was found for each of its expectations."""

    claim: ExerciseClaim
    judgements: tuple[Judgement, ...]

    @property
    def holds(self) -> bool:
        return all(judgement.holds for judgement in self.judgements)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.claim.id,
            "says": self.claim.says,
            "holds": self.holds,
            "advice": self.claim.advice,
            "symptom": self.claim.symptom,
            "findings": [judgement.to_dict() for judgement in self.judgements],
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
    """Try the project in `folder`, by lab.engine.api.try_plan unless `perform` is given. What it does is a result."""
    trial = try_folder(folder, exercise.plan, perform or api.try_plan)
    claims = tuple(
        ClaimResult(claim, tuple(expectation.judge(trial.facts) for expectation in claim.expectations))
        for claim in exercise.claims
    )
    advice = trial.advice or _advice(exercise, trial.trouble)
    return Result(exercise, claims, trial.observation, trial.labels, trial.trouble, advice)


def _advice(exercise: Exercise, trouble: str) -> str:
    """Return the workshop command that helps, where one does."""
    if "folder is not there" in trouble:
        return f"manage.py workshop start {exercise.number}"
    if "manage.py is not there" in trouble:
        return f"Or start afresh: manage.py workshop reset {exercise.number}"
    return ""
