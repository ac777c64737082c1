"""Checking a folder: the exercise's plan is carried out on a copy of it, and the claims are judged by what it did."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.checker.expectation import Judgement
from lab.checker.trial import Perform, Trial, try_folder
from lab.engine import api
from lab.observation import Observation
from workshop.cause import Cause, Steps
from workshop.exercise import Exercise, ExerciseClaim
from workshop.picture import Picture, picture
from workshop.wording import found_in_words, in_words, subjects, without_repetition

NEVER_MOVED = (".py", ".html", ".sh", ".conf", ".json")  # by any solution; a stylesheet may move
AGAIN = "Bring it back, with your editor's undo for example, or start afresh: manage.py workshop reset {}"


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim and what was found for each of its expectations.

    `advice` is chosen by what was found. `follows` says that it fails because of the result's cause; `held_before`,
    that it held in the check before.
    """

    claim: ExerciseClaim
    judgements: tuple[Judgement, ...]
    advice: str
    follows: bool = False
    held_before: bool = False
    near: bool = False

    @property
    def holds(self) -> bool:
        return all(judgement.holds for judgement in self.judgements)

    @property
    def telling(self) -> list[Judgement]:
        """Those that do not hold, without those that only repeat another."""
        return without_repetition([judgement for judgement in self.judgements if not judgement.holds])

    def to_dict(self, named: Mapping[str, str]) -> dict[str, Any]:
        """`named` says what each label is."""
        telling = self.telling
        return {
            "id": self.claim.id,
            "says": self.claim.says,
            "holds": self.holds,
            "advice": self.advice,
            "follows": self.follows,
            "held_before": self.held_before,
            "symptom": self.claim.symptom,
            "findings": [
                {
                    **judgement.to_dict(),
                    "words": in_words(judgement.expectation, named, self.claim.means),
                    "found_words": found_in_words(judgement),
                    "repeats": not judgement.holds and judgement not in telling,
                }
                for judgement in self.judgements
            ],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found. `trouble` is a sentence when the project could not be tried to the end; then see `advice`.

    `cause` is the step that broke first and made a claim fail, None where each step did its work; `picture` is the
    page that shows the fault, `folder` what was checked.

    `labels` has one for each step of `observation`, which is None when there was nothing to observe.
    """

    exercise: Exercise
    claims: tuple[ClaimResult, ...]
    observation: Observation | None
    labels: tuple[str, ...]
    trouble: str
    advice: str
    cause: Cause | None = None
    picture: Picture | None = None
    folder: Path | None = None

    @property
    def failing(self) -> tuple[ClaimResult, ...]:
        """The claims that do not hold: the one that the cause explains or the first one, then the others in order."""
        failing = [claim for claim in self.claims if not claim.holds]
        return tuple(sorted(failing, key=lambda claim: not claim.follows))

    @property
    def held(self) -> int:
        """How many claims hold."""
        return sum(claim.holds for claim in self.claims)

    @property
    def passed(self) -> bool:
        return not self.trouble and all(claim.holds for claim in self.claims)

    def to_dict(self) -> dict[str, Any]:
        named = subjects(self.exercise.plan)
        return {
            "exercise": self.exercise.name,
            "title": self.exercise.title,
            "passed": self.passed,
            "trouble": self.trouble or None,
            "advice": self.advice or None,
            "cause": None if self.cause is None else asdict(self.cause),
            "claims": [claim.to_dict(named) for claim in self.claims],
            "observation": None if self.observation is None else self.observation.to_dict(),
            "labels": list(self.labels),
        }


def check(exercise: Exercise, folder: Path, perform: Perform | None = None, held: Collection[str] = ()) -> Result:
    """Try the project in `folder`, by lab.engine.api.try_plan unless `perform` is given. What it does is a result.

    `held` are the ids of the claims that held the time before.
    """
    trial = try_folder(folder, exercise.plan, perform or api.try_plan)
    judged = {
        claim.id: tuple(expectation.judge(trial.facts) for expectation in claim.expectations)
        for claim in exercise.claims
    }
    cause, following = _cause(exercise, trial, judged)
    trouble, advice = trial.trouble, trial.advice or _advice(exercise, trial.trouble)
    broken = trouble or not all(judgement.holds for judgements in judged.values() for judgement in judgements)
    spoiled = _spoiled(exercise, folder) if broken and folder.is_dir() else ""
    if spoiled:  # everything else follows from it
        trouble, advice = f"{spoiled}\n{trouble}".strip(), AGAIN.format(exercise.number)
        cause, following = None, set()
    claims = []
    for claim in exercise.claims:
        failing = not all(judgement.holds for judgement in judged[claim.id])
        turn = claim.wrong_turn(trial.facts) if failing else None
        claims.append(
            ClaimResult(
                claim,
                judged[claim.id],
                turn.advice if turn else claim.advice,
                follows=claim.id in following,
                held_before=failing and claim.id in held,
                near=turn is not None,
            )
        )
    return Result(
        exercise,
        tuple(claims),
        trial.observation,
        trial.labels,
        trouble,
        advice,
        cause,
        picture(exercise.page, trial.facts),
        folder,
    )


def _cause(
    exercise: Exercise, trial: Trial, judged: Mapping[str, tuple[Judgement, ...]]
) -> tuple[Cause | None, set[str]]:
    """Return the step that broke first of those that claims fail by, and the claims that fail for its reason alone."""
    if trial.observation is None:
        return None, set()
    steps = Steps(exercise.plan, trial.labels, trial.observation.steps, trial.facts)
    roots: dict[str, set[str]] = {}
    others: set[str] = set()
    for name, judgements in judged.items():
        for judgement in judgements:
            if not judgement.holds:
                root = steps.root(judgement)
                if root is None:
                    others.add(name)
                else:
                    roots.setdefault(name, set()).add(root)
    first = steps.earliest(set().union(*roots.values()))
    if first is None:
        return None, set()
    same = {name for name, found in roots.items() if all(steps.alike(root, first) for root in found)}
    for name, judgements in judged.items():
        failing = [judgement for judgement in judgements if not judgement.holds]
        if failing and all(steps.comes_after(first, judgement) for judgement in failing):
            same.add(name)
            others.discard(name)
    owner = next(name for name, found in roots.items() if first in found)  # it needs the step, whatever else it needs
    return steps.cause(first), (same - others) | {owner}


def _spoiled(exercise: Exercise, folder: Path) -> str:
    """Return which of the exercise's files is empty or gone without a reason, or ""."""
    for path, content in exercise.start_files().items():
        now = folder / path
        if content.strip() and now.is_file() and not now.stat().st_size:
            return f"{path} is empty. It was not empty at the start."
        if path != "manage.py" and not now.exists() and now.suffix in NEVER_MOVED:
            return f"{path} is missing. It was there at the start."
    return ""


def _advice(exercise: Exercise, trouble: str) -> str:
    """Return the workshop command that helps, where one does."""
    if "folder is not there" in trouble:
        return f"manage.py workshop start {exercise.number}"
    if "manage.py is not there" in trouble:
        return f"Or start afresh: manage.py workshop reset {exercise.number}"
    return ""
