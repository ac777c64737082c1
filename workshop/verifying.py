"""For authors and CI: each start and wrong fix fails, each solution and other way passes, and nothing is missing."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lab.checker.trial import Perform
from workshop.checking import Result, check
from workshop.exercise import TASK_CHARACTERS, Exercise, Fix, applied

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
    if not exercise.start.is_dir():
        return
    attempts = [("start", None), ("solution", exercise.solution())]
    attempts += [(f"alternatives/{fix.name}", fix) for fix in exercise.alternatives()]
    attempts += [(f"wrong/{fix.name}", fix) for fix in exercise.wrong()]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # what takes time are the children
        results = pool.map(lambda attempt: tried(exercise, attempt[1], perform), attempts)
        for (what, _), result in zip(attempts, results, strict=True):
            yield Verdict(exercise.name, what, _problem(what, result))


def unreadable(name: str, why: str) -> Verdict:
    """Of a folder whose exercise.toml cannot be read."""
    return Verdict(name, "exercise.toml", why)


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
    from guide.cases.case import folders  # here: only authors need the whole guide
    from guide.chapters import BY_SLUG as CHAPTERS

    known = {folder.name for folder in folders()}
    ids = [claim.id for claim in exercise.claims]
    taken = {claim.id for other in others if other.name != exercise.name for claim in other.claims}
    start = exercise.start_files()
    wrong = exercise.wrong()
    demands = [
        (len(exercise.hints) >= HINTS, f"there are fewer than {HINTS} hints"),
        (len(wrong) >= WRONG_FIXES, f"there are fewer than {WRONG_FIXES} wrong fixes"),
        (bool(exercise.title and exercise.goal and exercise.task), "the title, the task or the goal is empty"),
        (len(exercise.task) <= TASK_CHARACTERS, f"the task is longer than {TASK_CHARACTERS} characters"),
        (all(fix.title for fix in exercise.alternatives()), "a why.md in alternatives/ does not begin with a heading"),
        (exercise.chapter in CHAPTERS, f"the guide has no chapter {exercise.chapter!r}"),
        (bool(exercise.plan), "there is no step"),
        (bool(ids), "there is no claim"),
        (all(claim.says and claim.advice for claim in exercise.claims), "a claim says nothing, or has no advice"),
        (all(claim.symptom is None or claim.symptom in known for claim in exercise.claims), "there is no such symptom"),
        (bool(exercise.open), "no file is named to open first"),
        (len(set(ids)) == len(ids) and not taken & set(ids), "an id of a claim is taken"),
        (all(path in start for path in exercise.open), "a file to open is not in start/"),
        ("manage.py" in start, "start/ has no manage.py"),
        (bool(exercise.solution().changes), "the solution changes nothing"),
        (all(fix.why for fix in (exercise.solution(), *exercise.alternatives(), *wrong)), "a why.md is missing"),
        (all(fix.changes for fix in wrong), "a wrong fix changes nothing"),
    ]
    problems = [problem for demand, problem in demands if not demand]
    yield Verdict(exercise.name, "folder", "; ".join(problems))


def _problem(what: str, result: Result) -> str:
    if what == "solution" or what.startswith("alternatives/"):
        return "" if result.passed else "it should pass: " + _said(result)
    if result.passed:
        return "it passes, and should not"
    if what == "start" and result.trouble:
        return f"it should run and fail a claim: {result.trouble}"
    return ""


def _said(result: Result) -> str:
    """Why it does not pass, on one line."""
    failed = [judgement for claim in result.claims for judgement in claim.judgements if not judgement.holds]
    said = list(map(str, failed))
    return "; ".join([*([result.trouble] if result.trouble else []), *said])
