"""How the workshop is told in a terminal: in words, to which colours add nothing that a screen reader would miss."""

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lab.experiment.plan import Request, Serve
from lab.observation import CommandStep, RequestStep, Step
from workshop.checking import ClaimResult, Result
from workshop.exercise import Exercise
from workshop.my_workshop import Change, moved
from workshop.progress import Standing, Standings
from workshop.verifying import Verdict

LONGEST_LINE = 100
SHOWN = 4  # failed expectations of one claim, in words; the others are counted
PRINTED_LINES = 6  # of what a command printed last
COLUMN = 10  # of the words that head a line

Colour = Callable[[str], str]


class Teller:
    """Makes lines. `good`, `bad` and `quiet` give a text a colour, or return it as it is."""

    def __init__(self, good: Colour = str, bad: Colour = str, quiet: Colour = str, columns: int | None = None) -> None:
        self._good, self._bad, self._quiet = good, bad, quiet
        self._columns = columns

    @property
    def columns(self) -> int:
        return min(LONGEST_LINE, self._columns or shutil.get_terminal_size().columns)

    # An exercise

    def listing(self, exercises: Sequence[Exercise], standings: Standings, now: Exercise | None) -> Iterator[str]:
        passed = sum(standings.get(one.name, Standing()).passed is not None for one in exercises)
        yield f"{passed} of {len(exercises)} exercises passed."
        yield ""
        for exercise in exercises:
            standing = standings.get(exercise.name, Standing())
            state, words = _state(standing)
            colours: dict[str, Colour] = {"passed": self._good, "begun": str}
            colour = colours.get(state, self._quiet)
            here = "   <- this one now" if exercise is now else ""
            yield colour(f"{exercise.number:2}  {state:9}  {exercise.title}") + self._quiet(words) + here

    def begun(self, exercise: Exercise, place: Path, new: bool) -> Iterator[str]:
        """What to do, which file to open, and the next command."""
        yield self._good(f"Exercise {exercise.number}: {exercise.title}")
        yield ""
        for paragraph in exercise.goal.split("\n\n"):
            yield from self.wrapped(paragraph)
            yield ""
        if not new:
            yield "You began it earlier; your files are as you left them."
        yield f"Your copy:   {place}"
        yield f"Open first:  {', '.join(exercise.open)}"
        yield f"Read about:  /guide/{exercise.chapter}/ on this site"
        yield ""
        yield f"Then:        {invocation('check', exercise)}"
        yield f"or, at every save:  {invocation('watch', exercise)}"

    def hints(self, exercise: Exercise, shown: int, before: int) -> Iterator[str]:
        """Those shown so far; the new ones stand out."""
        for number, hint in enumerate(exercise.hints[:shown], 1):
            head = f"Hint {number} of {len(exercise.hints)}: "
            yield from self.wrapped(head + hint, colour=str if number > before else self._quiet)
        yield ""
        if shown < len(exercise.hints):
            yield f"One more: {invocation('hint', exercise)}"
        else:
            yield f"There are no more hints. To look at the solution: {invocation('solution', exercise)} --anyway"

    def solution(self, exercise: Exercise, why: str, changes: Sequence[Change]) -> Iterator[str]:
        yield self._good(f"The solution of exercise {exercise.number}, {exercise.title}")
        moves = moved(changes)
        for change in changes:
            if change.path in moves:
                yield ""
                yield f"{change.path} moves to {moves[change.path]}"
            elif change.path not in moves.values():
                yield ""
                yield f"{change.path} ({change.kind})"
                yield from map(self.diff_line, () if change.kind == "deleted" else change.lines)
        yield ""
        for paragraph in why.split("\n\n"):
            yield from self.wrapped(paragraph)

    def diff_line(self, line: str) -> str:
        """A line of a unified diff: + and - say what the colours say."""
        colour = {"+": self._good, "-": self._bad, "@": self._quiet}.get(line[:1], str)
        return colour("    " + plain(line))

    # A result

    def result(self, result: Result, *, everything: bool = False) -> Iterator[str]:
        """What was expected, what happened, and what to try; of the first claim that fails, or of `everything`."""
        exercise, failed = result.exercise, [claim for claim in result.claims if not claim.holds]
        head = f"Exercise {exercise.number}, {exercise.title}: "
        if result.passed:
            yield self._good(f"{head}passed.")
        else:
            yield self._bad(f"{head}not passed yet.")
        yield ""
        if result.trouble:
            yield from self._headed("trouble", result.trouble, self._bad)
            if result.advice:
                yield from self._headed("try", result.advice)
            if result.observation is None or not result.observation.steps:
                return
            yield ""
        for claim in result.claims:
            if claim.holds:
                yield from self._headed("holds", claim.claim.says, self._good)
        detailed = failed if everything else [] if result.trouble else failed[:1]
        for claim in failed:
            if claim not in detailed:
                yield from self._headed("fails", claim.claim.says, self._bad)
        told: set[str] = set()
        for claim in detailed:
            yield from self._failed(claim, result, told)

    def _failed(self, result: ClaimResult, whole: Result, told: set[str]) -> Iterator[str]:
        """`told` are the labels of which was said what happened."""
        claim, failed = result.claim, [judgement for judgement in result.judgements if not judgement.holds]
        yield ""
        yield from self._headed("fails", claim.says, self._bad)
        for judgement in failed[:SHOWN]:
            for label in judgement.expectation.labels:
                for sentence in () if label in told else happened(label, whole):
                    yield from self._headed("happened", sentence)
                told.add(label)
            yield from self._headed("expected", judgement.expected)
            yield from self._headed("found", " ".join(judgement.found.split()))
        if len(failed) > SHOWN:
            yield from self._headed("", f"and {len(failed) - SHOWN} more of this claim")
        yield from self._headed("try", claim.advice)
        if claim.symptom is not None:
            yield from self._headed("read", f"/symptoms/{claim.symptom}/ on this site")

    def after(self, result: Result, others: Exercise | None) -> Iterator[str]:
        """What to do next."""
        exercise = result.exercise
        if not result.passed:
            if sum(not claim.holds for claim in result.claims) > 1:
                yield f"More:        {invocation('check', exercise)} --all"
            yield f"A hint:      {invocation('hint', exercise)}"
            yield f"Check again: {invocation('check', exercise)}"
            return
        yield f"Why it works, and how others write it: {invocation('solution', exercise)}"
        yield f"Next: {invocation('start', others)}" if others else "That was the last one: all exercises are passed."

    # Parts

    def verdict(self, verdict: Verdict) -> Iterator[str]:
        head = f"{verdict.exercise:30} {verdict.what:34} "
        yield head + (self._bad(plain(verdict.problem)) if verdict.problem else self._good("as it should be"))

    def _headed(self, head: str, text: str, colour: Colour = str) -> Iterator[str]:
        first, *others = self._cut(text, COLUMN) or [""]
        yield colour(f"{head:<{COLUMN}}") + first
        yield from (" " * COLUMN + line for line in others)

    def wrapped(self, text: str, colour: Colour = str) -> Iterator[str]:
        """A paragraph, its lines joined, unless they are a list or code."""
        kept = any(line.startswith((" ", "-", "*", "`")) for line in text.splitlines())
        yield from map(colour, self._cut(text if kept else " ".join(text.split()), 0))

    def _cut(self, text: str, indent: int) -> list[str]:
        width = max(20, self.columns - indent)
        lines = [textwrap.wrap(plain(line), width, break_on_hyphens=False) or [""] for line in text.splitlines()]
        return [piece for line in lines for piece in line]


def _state(standing: Standing) -> tuple[str, str]:
    """(state, further words)."""
    if standing.passed is not None:
        return "passed", f"  ({_counted(standing.checks, 'check')})"
    if standing.started is not None:
        return "begun", f"  ({_counted(standing.checks, 'check')}, {_counted(standing.hints, 'hint')})"
    return "not begun", ""


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def happened(label: str, result: Result) -> list[str]:
    """What became of the step with that label, in a sentence; nothing of a step that leaves no trace (a look)."""
    steps = () if result.observation is None else result.observation.steps
    said = [step for step, name in zip(steps, result.labels, strict=True) if name == label]
    return [f"{label}: {_words(said[-1], label in _through_caches(result.exercise))}"] if said else []


def _through_caches(exercise: Exercise) -> set[str]:
    """The labels of the requests that ask a cache first."""
    serves = [step for step in exercise.plan if isinstance(step, Serve)]
    return {visit.label for serve in serves for visit in serve.entries if isinstance(visit, Request) and visit.caches}


def _words(step: Step, cached: bool) -> str:
    if isinstance(step, CommandStep):
        return _command(step)
    return _request(step, cached and not step.trace)


def _command(step: CommandStep) -> str:
    argv = " ".join(step.argv)
    if step.exit == 0:
        return f"{argv} succeeded"
    printed = [line for line in (step.stdout + step.stderr).splitlines() if line.strip()]
    return "\n".join([f"{argv} failed with exit code {step.exit}", *printed[-PRINTED_LINES:]])


def _request(step: RequestStep, from_cache: bool) -> str:
    """`from_cache`: no server was asked."""
    if step.status is None:
        why = step.error.message if step.error else "It is on another host, which is not asked."
        return f"{step.method} {step.url or '(no address)'} was not sent. {why}"
    kind = step.headers.get("content-type", "").partition(";")[0]
    words = f"{step.method} {step.url} was answered {step.status}"
    words += f", {kind}" if kind else ""
    if from_cache:
        return f"{words}, from a cache, without asking the server"
    words += f", by {step.answered_by}" if step.answered_by and step.answered_by != "none" else ""
    return f"{words}\n{step.error.type}: {step.error.message}" if step.error else words


def plain(text: str) -> str:
    """Without what would steer a terminal or turn the writing round: a learner's project may print anything."""
    return "".join(
        character
        for character in text.replace("\t", "    ")
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def invocation(action: str, exercise: Exercise | None = None) -> str:
    """A command of the workshop as it can be typed here."""
    number = "" if exercise is None else f" {exercise.number}"
    return f"{_python()} manage.py workshop {action}{number}"


def _python() -> str:
    """This Python, by the shortest name that means it: that of an activated environment, or a path."""
    own = Path(sys.executable)
    for name in ("python", own.name):
        found = shutil.which(name)
        if found is not None and Path(found) == own:
            return name
    try:
        return str(own.relative_to(Path.cwd()))
    except ValueError:
        return str(own)
