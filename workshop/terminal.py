"""How the workshop is told in a terminal: in words, to which colours add nothing that a screen reader would miss."""

import re
import shutil
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lab.checker.expectation import Judgement
from lab.experiment.plan import Request, Serve
from lab.observation import CommandStep, RequestStep, Step
from workshop.answerer import answerer
from workshop.checking import ClaimResult, Result
from workshop.exercise import Exercise, Fix
from workshop.invocation import invocation, python, short, with_commands
from workshop.machine import how_to_install
from workshop.my_workshop import Change, moved
from workshop.progress import Standing, Standings
from workshop.verifying import Verdict
from workshop.wording import found_in_words, in_words, subjects

LONGEST_LINE = 100
SHOWN = 4  # failed expectations of one claim, in words; the others are counted
SEND_OFF = """That was the last one: all exercises are passed. What you have seen here happens in your own project
too. This looks at its settings, its templates and its servers, and says what to change:"""
PRINTED_LINES = 6  # of what a command printed last
COLUMN = 10  # of the words that head a line
COMMAND = "\ue000"  # heads a line that is a command: private use, so no text has it
_COMMANDS = re.compile(r"\s*`(\{manage\}[^`]*)`[.,;:]?\s*")

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
        yield self.passed(exercises, standings)
        yield ""
        for exercise in exercises:
            standing = standings.get(exercise.name, Standing())
            state, words = _state(standing)
            colours: dict[str, Colour] = {"passed": self._good, "begun": str}
            colour = colours.get(state, self._quiet)
            here = "   <- this one now" if exercise is now else ""
            lacking = f"  needs {' and '.join(exercise.lacking())}" if exercise.lacking() else ""
            yield colour(f"{exercise.number:2}  {state:9}  {exercise.title}") + self._quiet(words) + lacking + here
        lacking_here = sorted({name for exercise in exercises for name in exercise.lacking()})
        for name in lacking_here:
            yield ""
            yield from self.wrapped(how_to_install(name))

    def passed(self, exercises: Sequence[Exercise], standings: Standings) -> str:
        count = sum(standings.get(one.name, Standing()).passed is not None for one in exercises)
        return f"{count} of {len(exercises)} exercises passed."

    def begun(self, exercise: Exercise, place: Path, new: bool) -> Iterator[str]:
        """What to do, which file to open, and the next command."""
        yield from self.task(exercise, place)
        if not new:
            yield "You began it earlier; your files are as you left them."
        yield ""
        yield f"Then:        {invocation('check', exercise)}"
        yield f"or, at every save:  {invocation('watch', exercise)}"
        yield f"This again:  {invocation('task', exercise)}"

    def task(self, exercise: Exercise, place: Path) -> Iterator[str]:
        """The whole of what is to be done, and where."""
        yield self._good(f"Exercise {exercise.number}: {exercise.title}")
        yield ""
        for paragraph in exercise.goal.split("\n\n"):
            yield from self.wrapped(paragraph, place=place)
            yield ""
        for name in exercise.lacking():
            yield from self._headed("needs", how_to_install(name), self._bad)
            yield f"{'':<{COLUMN}}To leave it for later: {invocation('skip', exercise)}"
            yield ""
        yield f"Your copy:   {short(place)}"
        for number, path in enumerate(exercise.open):
            yield f"{'' if number else 'Open first:':<13}{path}"
        yield f"Read about:  /guide/{exercise.chapter}/ on this site (python3 start.py serves it)"

    def hints(self, exercise: Exercise, shown: int, before: int, place: Path) -> Iterator[str]:
        """Those shown so far; the new ones stand out."""
        for number, hint in enumerate(exercise.hints[:shown], 1):
            head = f"Hint {number} of {len(exercise.hints)}: "
            yield from self.wrapped(head + hint, colour=str if number > before else self._quiet, place=place)
        yield ""
        if shown < len(exercise.hints):
            yield f"One more: {invocation('hint', exercise)}"
        else:
            yield f"There are no more hints. To look at the solution: {invocation('solution', exercise)} --anyway"

    def solution(
        self,
        exercise: Exercise,
        why: str,
        changes: Sequence[Change],
        others: Sequence[Fix] = (),
        own: Sequence[Change] = (),
    ) -> Iterator[str]:
        """The learner's own changes, ours, and why; then other ways, each with what it costs."""
        same = {change.path: change.lines for change in own} == {change.path: change.lines for change in changes}
        if own and not same:
            yield self._good("What you have changed")
            yield from self._changes(own)
            yield ""
        yield self._good(f"The solution of exercise {exercise.number}, {exercise.title}")
        if same:
            yield "It is what you have changed, line for line."
        yield from self._changes(changes)
        for paragraph in why.split("\n\n"):
            yield ""
            yield from self.wrapped(paragraph)
        for fix in others:
            yield ""
            yield self._good(f"Another way: {fix.title}")
            for paragraph in fix.why.split("\n\n"):
                yield from self.wrapped(paragraph)

    def _changes(self, changes: Sequence[Change]) -> Iterator[str]:
        moves = moved(changes)
        for change in changes:
            if change.path in moves:
                yield ""
                yield f"{change.path} moves to {moves[change.path]}"
            elif change.path not in moves.values():
                yield ""
                yield f"{change.path} ({change.kind})"
                yield from map(self.diff_line, () if change.kind == "deleted" else change.lines)

    def diff_line(self, line: str) -> str:
        """A line of a unified diff: + and - say what the colours say."""
        colour = {"+": self._good, "-": self._bad, "@": self._quiet}.get(line[:1], str)
        return colour("    " + plain(line))

    # A result

    def head(self, result: Result) -> str:
        """How it stands, in a line."""
        head = f"Exercise {result.exercise.number}, {result.exercise.title}: "
        if result.passed:
            return self._good(f"{head}passed.")
        return self._bad(f"{head}not passed yet.") + f" {_hold(result.held, len(result.claims))}"

    def result(self, result: Result, *, everything: bool = False, shown: int = SHOWN) -> Iterator[str]:
        """What broke first and what follows from it, what to try; then the other claims, and those that hold.

        `shown` is how many failed expectations of the first claim are told in words.
        """
        yield self.head(result)
        yield ""
        if result.trouble:
            yield from self._headed("trouble", result.trouble, self._bad)
            if result.advice:
                yield from self._headed("try", result.advice)
            if result.observation is None or not result.observation.steps:
                return
            yield ""
        failing = result.failing
        told: set[str] = set()
        if result.cause is not None:
            if not result.trouble or (result.cause.error and result.cause.error not in result.trouble):
                yield from self._cause(result)
            told.add(result.cause.label)
            for claim in failing:
                if claim.follows:
                    yield from self._headed("so fails", self._says(claim), self._bad)
        elif failing and not result.trouble:
            yield from self._failed(failing[0], result, told, shown=shown)
            failing = failing[1:]
        for claim in failing:
            if claim.follows:
                continue
            if everything:
                yield ""
                yield from self._failed(claim, result, told)
            else:
                yield from self._headed("fails", self._says(claim), self._bad)
        if everything:
            yield ""
        for claim in result.claims:
            if claim.holds:
                yield from self._headed("holds", claim.claim.says, self._good)

    def result_within(self, result: Result, room: int) -> list[str]:
        """The result with as many findings as leave what to try in view, where the screen has `room` lines."""
        for shown in range(SHOWN, 0, -1):
            lines = list(self.result(result, shown=shown))
            if len(lines) <= room:
                break
        return lines

    def _says(self, claim: ClaimResult) -> str:
        return claim.claim.says + (" (It held before: your last change did this.)" if claim.held_before else "")

    def _cause(self, result: Result) -> Iterator[str]:
        """The step that broke: what was asked, what went wrong, in which line, and what to try."""
        cause = result.cause
        assert cause is not None  # noqa: S101 - for the type checker
        yield from self._headed("because", f"{cause.label}: {cause.sentence}", self._bad)
        if cause.error:
            yield from self._headed("", "\n".join(line for line in cause.error.splitlines() if line.strip()))
        if cause.where:
            place, _, line = cause.where.partition(": ")
            yield from self._headed("in", place)
            if line:
                yield from self._headed("", f"    {line}")
        printed = [line for line in cause.printed.splitlines() if line.strip()]
        for line in [] if cause.error else printed[-PRINTED_LINES:]:
            yield from self._headed("", line)
        first = next((claim for claim in result.failing if claim.follows), result.failing[0])
        yield from self._headed("try", cause.advice if cause.advice and not first.near else self._advice(first, result))
        yield from self._read(first, instead_of=cause.advice if not first.near else "")

    def _advice(self, claim: ClaimResult, result: Result) -> str:
        return _laid_out(claim.advice, result.folder)

    def _read(self, claim: ClaimResult, instead_of: str = "") -> Iterator[str]:
        if claim.claim.symptom is not None and not instead_of:
            yield from self._headed("read", f"/symptoms/{claim.claim.symptom}/ on this site")

    def _failed(self, result: ClaimResult, whole: Result, told: set[str], *, shown: int | None = None) -> Iterator[str]:
        """`told` are the labels of which was said what happened; `shown` None is everything."""
        claim, failed = result.claim, result.telling
        named = subjects(whole.exercise.plan)
        yield from self._headed("fails", self._says(result), self._bad)
        for judgement in failed[:shown]:
            for label in judgement.expectation.labels:
                for sentence in () if label in told else happened(label, whole):
                    yield from self._headed("happened", sentence)
                told.add(label)
            yield from self._headed("expected", in_words(judgement.expectation, named, claim.means))
            if not judgement.why and not _of_a_pattern(judgement):
                yield from self._headed("found", found_in_words(judgement))
        if shown is not None and len(failed) > shown:
            yield from self._headed("", f"and {len(failed) - shown} more of this claim")
        yield from self._headed("try", self._advice(result, whole))
        yield from self._read(result)

    def after(self, result: Result, others: Exercise | None, *, everything: bool = False) -> Iterator[str]:
        """What to do next."""
        exercise = result.exercise
        if not result.passed:
            if sum(not claim.holds for claim in result.claims) > 1 and not everything:
                yield f"More:        {invocation('check', exercise)} --all"
            yield f"A hint:      {invocation('hint', exercise)}"
            yield f"Check again: {invocation('check', exercise)}"
            return
        yield f"Your way beside others: {invocation('solution', exercise)}"
        if others:
            yield f"Next: {invocation('start', others)}"
        else:
            yield from self.send_off()

    def send_off(self) -> Iterator[str]:
        """What to do when everything is passed."""
        yield from self.wrapped(SEND_OFF)
        yield ""
        yield f"    {python()} -m which_file path/to/your/project"

    # Parts

    def verdict(self, verdict: Verdict) -> Iterator[str]:
        head = f"{verdict.exercise:30} {verdict.what:34} "
        yield head + (self._bad(plain(verdict.problem)) if verdict.problem else self._good("as it should be"))

    def _headed(self, head: str, text: str, colour: Colour = str) -> Iterator[str]:
        first, *others = self._cut(text, COLUMN) or [""]
        yield colour(f"{head:<{COLUMN}}") + first
        yield from (" " * COLUMN + line for line in others)

    def wrapped(self, text: str, colour: Colour = str, place: Path | None = None) -> Iterator[str]:
        """A paragraph, its lines joined, unless they are a list or code; commands are for the project in `place`."""
        kept = any(line.startswith((" ", "- ", "* ", "```")) for line in text.splitlines())
        yield from map(colour, self._cut(_laid_out(text if kept else " ".join(text.split()), place), 0))

    def _cut(self, text: str, indent: int) -> list[str]:
        width = max(20, self.columns - indent)
        return [piece for line in plain(text).splitlines() for piece in _pieces(line, width)]


def _state(standing: Standing) -> tuple[str, str]:
    """(state, further words)."""
    if standing.skipped is not None and standing.passed is None:
        return "skipped", ""
    if standing.passed is not None:
        return "passed", f"  ({_counted(standing.checks, 'check')})"
    if standing.started is not None:
        return "begun", f"  ({_counted(standing.checks, 'check')}, {_counted(standing.hints, 'hint')})"
    return "not begun", ""


def _laid_out(text: str, place: Path | None) -> str:
    """Put each command of the project's manage.py on a line of its own."""
    return with_commands(_COMMANDS.sub(rf"\n{COMMAND}\1\n", text), place).strip()


def _pieces(line: str, width: int) -> list[str]:
    """Cut a line. A command stays whole, to be copied; what follows the dash of a list stands below the dash's text."""
    if line.startswith(COMMAND):
        return [line.replace(COMMAND, "    ")]
    below = "  " if line.startswith(("- ", "* ")) else ""
    return textwrap.wrap(line, width, break_on_hyphens=False, subsequent_indent=below) or [""]


def _of_a_pattern(judgement: Judgement) -> bool:
    """Return whether a page was searched by a pattern: its beginning says nothing of what the pattern looked for."""
    return judgement.expectation.field == "body" and judgement.expectation.verb == "matches"


def _hold(held: int, claims: int) -> str:
    return f"{held} of {_counted(claims, 'claim')} {'holds' if held == 1 else 'hold'}."


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
    argv = " ".join("…" if "\n" in part else part for part in step.argv)  # a script of the check is no news
    if step.exit == 0:
        return f"{argv} succeeded"
    printed = [line for line in (step.stdout + step.stderr).splitlines() if line.strip()]
    return "\n".join([f"{argv} failed with exit code {step.exit}", *printed[-PRINTED_LINES:]])


def _request(step: RequestStep, from_cache: bool) -> str:
    """`from_cache`: no server was asked."""
    if step.status is None:
        why = step.error.message if step.error else "It is on another host, which is not asked."
        if "{" in step.url:  # an address that another answer was to give
            return f"not requested. {why}"
        not_made = "answered" if step.error and step.error.type == "NotAnswered" else "sent"
        return f"{step.method} {step.url or '(no address)'} was not {not_made}. {why}"
    kind = step.headers.get("content-type", "").partition(";")[0]
    words = f"{step.method} {step.url} was answered {step.status}"
    words += f", {kind}" if kind else ""
    if from_cache:
        return f"{words}, from a cache, without asking the server"
    who = answerer(step)
    words += f", by {who}" if who else ""
    if step.error is None:
        return words
    return "\n".join([words, f"{step.error.type}: {step.error.message}", *filter(None, [step.error.where])])


def plain(text: str) -> str:
    """Without what would steer a terminal or turn the writing round: a learner's project may print anything."""
    return "".join(
        character
        for character in text.replace("\t", "    ")
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
