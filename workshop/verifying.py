"""For authors and CI: every start fails, every solution passes, every wrong fix still fails, and nothing is missing."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.checking import Perform, Result, check
from workshop.exercise import Exercise, Fix, applied

WRONG_FIXES = 2
HINTS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was verified; `problem` is empty when it is as it should be."""

    exercise: str
    what: str
    problem: str = ""


def verify(exercise: Exercise, others: Sequence[Exercise] = (), perform: Perform | None = None) -> Iterator[Verdict]:
    """Everything about one exercise; `others` are those whose claims must have other ids."""
    yield from complete(exercise, others)
    attempts = [(None, False), (exercise.solution(), True), *((fix, False) for fix in exercise.wrong())]
    for fix, should_pass in attempts:
        what = "start" if fix is None else fix.name if should_pass else f"wrong/{fix.name}"
        yield Verdict(exercise.name, what, _problem(tried(exercise, fix, perform), should_pass))


def tried(exercise: Exercise, fix: Fix | None, perform: Perform | None = None) -> Result:
    """What a check says of start/ with that fix."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, exercise.name)
        shutil.copytree(exercise.start, target)
        if fix is not None:
            applied(fix, target)
        return check(exercise, target, perform)


def complete(exercise: Exercise, others: Sequence[Exercise]) -> Iterator[Verdict]:
    """What the folder lacks."""
    ids = [claim.id for claim in exercise.claims]
    taken = {claim.id for other in others if other.name != exercise.name for claim in other.claims}
    start = exercise.start_files()
    wrong = exercise.wrong()
    demands = [
        (len(exercise.hints) >= HINTS, f"there are fewer than {HINTS} hints"),
        (len(wrong) >= WRONG_FIXES, f"there are fewer than {WRONG_FIXES} wrong fixes"),
        (bool(ids), "there is no claim"),
        (len(set(ids)) == len(ids) and not taken & set(ids), "an id of a claim is taken"),
        (all(path in start for path in exercise.open), "a file to open is not in start/"),
        ("manage.py" in start, "start/ has no manage.py"),
        (bool(exercise.solution().changes), "the solution changes nothing"),
        (all(fix.why for fix in (exercise.solution(), *wrong)), "a why.md is missing"),
        (all(fix.changes for fix in wrong), "a wrong fix changes nothing"),
    ]
    problems = [problem for demand, problem in demands if not demand]
    yield Verdict(exercise.name, "folder", "; ".join(problems))


def _problem(result: Result, should_pass: bool) -> str:
    if result.passed == should_pass:
        return ""
    if result.passed:
        return "it passes, and should not"
    failed = [claim for claim in result.claims if not claim.holds]
    said = [
        f"{finding.expectation}: {finding.found}" for claim in failed for finding in claim.findings if not finding.holds
    ]
    return "it should pass: " + "; ".join([*([result.trouble] if result.trouble else []), *said])
