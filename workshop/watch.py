"""Checking at every save: one screen in a terminal, line after line elsewhere."""

import json
import queue
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from workshop.checking import Result
from workshop.choosing import following
from workshop.exercise import Exercise
from workshop.invocation import invocation, short
from workshop.keyboard import END, Keyboard, understand_ansi
from workshop.my_workshop import MyWorkshop, changes_of
from workshop.snapshot import Snapshot, snapshot
from workshop.terminal import Teller

POLL_SECONDS = 0.2
SETTLE_SECONDS = 0.12  # in which nothing may change any more: an editor may write a file in two goes
SETTLE_ROUNDS = 8  # a log that grows all the time never rests
KEYS = "Keys: t task, l list, h hint, s solution, n next, r reset, c check, q quit"
SHORT_KEYS = "Keys: t l h s n r c q (t: what to do)"
REST = {"t": "task", "l": "list", "s": "solution"}  # a view's key -> the action that prints all of it; else check


class Screen(Protocol):
    """Where lines go; `size` is what fits, or None where there is no end. What is kept can be scrolled back to."""

    def show(self, lines: Sequence[str], result: Result | None) -> None: ...

    def keep(self, lines: Sequence[str]) -> None: ...

    def size(self) -> tuple[int, int] | None: ...


class FullScreen:
    """A terminal, cleared for every picture. What was scrolled out of it before stays where it is."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        understand_ansi()

    def show(self, lines: Sequence[str], result: Result | None) -> None:  # noqa: ARG002 - the protocol's signature
        self._write("\x1b[H\x1b[J" + "\n".join(lines) + "\n")

    def keep(self, lines: Sequence[str]) -> None:
        """Write the lines and scroll them out of the screen, which the next picture will clear."""
        self._write("\n".join(lines) + "\n" * (shutil.get_terminal_size().lines + 1))

    def size(self) -> tuple[int, int] | None:
        return shutil.get_terminal_size()


class Roll:
    """Line after line: a pipe, a file, or a terminal that a screen reader reads."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def show(self, lines: Sequence[str], result: Result | None) -> None:  # noqa: ARG002 - the protocol's signature
        self._write("\n".join(lines) + "\n\n")

    def keep(self, lines: Sequence[str]) -> None:
        self.show(lines, None)

    def size(self) -> tuple[int, int] | None:
        return None


class JsonRoll(Roll):
    """A result on each line."""

    def show(self, lines: Sequence[str], result: Result | None) -> None:  # noqa: ARG002
        if result is not None:
            self._write(json.dumps(result.to_dict(), ensure_ascii=False) + "\n")


class Watch:
    """One sitting. `check` is called in a thread of its own, so that keys are heard meanwhile."""

    def __init__(
        self,
        workshop: MyWorkshop,
        exercises: Sequence[Exercise],
        screen: Screen,
        teller: Teller,
        check: Callable[[Exercise], Result],
    ) -> None:
        self._workshop = workshop
        self._exercises = exercises
        self._screen = screen
        self._teller = teller
        self._check = check
        self._results: queue.Queue[Result | Exception] = queue.Queue()
        self._busy = False
        self._wanted = False
        self._ended = False
        self._result: Result | None = None
        self._body: list[str] = []
        self._further: list[str] = []
        self._status = ""
        self._view = ""  # the key whose lines are shown in place of the result
        self._asked: Callable[[], None] | None = None
        self._seen: Snapshot = {}

    def run(self, exercise: Exercise, keyboard: Keyboard) -> None:
        """Until q. Raises KeyboardInterrupt at Ctrl-C."""
        self._begin(exercise)
        drawn_for = self._screen.size()
        next_look = 0.0
        while not self._ended:
            key = keyboard.read(0.05)
            if key:
                try:
                    self._pressed(key)
                except OSError as error:  # Windows moves no folder in which a file is open
                    self._status = f"That was not possible: {error}"
                    self._draw()
            self._take_result()
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + self._look()
            if self._wanted and not self._busy:
                self._start_check()
            if self._screen.size() != drawn_for:
                drawn_for = self._screen.size()
                self._draw()

    # What happens

    def _begin(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._workshop.start(exercise)
        place = self._workshop.place(exercise)
        self._body = self._task()
        self._further, self._result, self._asked, self._view = [], None, None, ""
        self._seen = snapshot(place, {})
        self._wanted = True
        self._screen.keep(self._body)

    def _look(self) -> float:
        """Notice a save. Returns in how many seconds to look again: a slow folder is looked at less often."""
        began = time.monotonic()
        place = self._workshop.place(self._exercise)
        now = snapshot(place, self._seen)
        took = time.monotonic() - began
        if now != self._seen:
            for _ in range(SETTLE_ROUNDS):
                self._seen = now
                time.sleep(SETTLE_SECONDS)
                now = snapshot(place, self._seen)
                if now == self._seen:
                    break
            self._wanted = True
        return max(POLL_SECONDS, 4 * took)

    def _start_check(self) -> None:
        self._wanted, self._busy = False, True
        self._status = "Checking …"
        if self._screen.size() is not None:
            self._draw()
        threading.Thread(target=self._work, args=(self._exercise,), daemon=True).start()

    def _work(self, exercise: Exercise) -> None:
        try:
            self._results.put(self._check(exercise))
        except Exception as error:
            self._results.put(error)

    def _take_result(self) -> None:
        try:
            result = self._results.get_nowait()
        except queue.Empty:
            return
        self._busy = False
        if isinstance(result, OSError):  # a full disk
            self._body = [f"The check could not be carried out: {result}"]
        elif isinstance(result, Exception):
            raise result
        elif result.exercise == self._exercise:
            if self._result is None or self._result.passed != result.passed:
                self._further = []
            self._result, self._view = result, ""
            self._body = self._judged(result)
            if not self._fits(self._body, self._foot()):
                self._further = []  # what the check says now comes before hints that were read
        else:
            return  # of the exercise before
        self._rest()
        self._draw()

    def _rest(self) -> None:
        """What the last line says while nothing happens."""
        if self._result is not None and self._result.passed:
            after = following(self._exercise, self._exercises, self._workshop.progress.read())
            self._status = f"n: on to exercise {after.number}, {after.title}." if after else "q: quit."
        else:
            self._status = f"Waiting for a file to be saved in {short(self._workshop.place(self._exercise))}"

    # What is in view

    def _task(self) -> list[str]:
        return list(self._teller.task(self._exercise, self._workshop.place(self._exercise)))

    def _judged(self, result: Result) -> list[str]:
        """The result; after passing, what comes next. On a screen the task stands above it."""
        standings = self._workshop.progress.read()
        task = [] if result.passed or self._screen.size() is None else [*self._teller.wrapped(result.exercise.task)]
        size = self._screen.size()
        if size is None:
            head, *rest = self._teller.result(result)
        else:
            head, *rest = self._teller.result_within(result, size[1] - 1 - len(task) - len(["", "status", "keys"]))
        lines = [head, *task, *rest]
        told = f"{head} {self._teller.passed(self._exercises, standings)}"
        lines[0] = told if size is None or _rows(told, size[0]) == 1 else head
        if result.passed:
            after = following(self._exercise, self._exercises, standings)
            lines += ["", "s: your way beside others.", *([] if after else ["", *self._teller.send_off()])]
        return lines

    def _toggle(self, view: str, lines: Callable[[], list[str]]) -> None:
        """Show these lines; with the same key once more, what was there before."""
        if self._view == view:
            self._view = ""
            self._body = self._task() if self._result is None else self._judged(self._result)
        else:
            self._view, self._body = view, lines()
        self._draw()

    def _list(self) -> list[str]:
        standings = self._workshop.progress.read()
        head, _, *lines = self._teller.listing(self._exercises, standings, self._exercise)
        return [*lines, head]

    def _solution(self) -> list[str]:
        exercise = self._exercise
        fix = exercise.solution()
        self._workshop.progress.solution_shown(exercise.name)
        changes, own = changes_of(fix, exercise), self._workshop.changes(exercise)
        lines = list(self._teller.solution(exercise, fix.why, changes, exercise.alternatives(), own))
        self._screen.keep(lines)  # it is longer than most screens
        return lines

    def _show_solution(self) -> None:
        if self._view == "s" or self._workshop.progress.of(self._exercise.name).passed is not None:
            self._toggle("s", self._solution)
        else:
            question = f"Exercise {self._exercise.number} is not passed. Look at the solution anyway?"
            self._ask(question, lambda: self._toggle("s", self._solution))

    # Keys

    def _pressed(self, key: str) -> None:
        key = key.lower()
        if self._asked is not None:
            answer, self._asked = self._asked, None
            self._rest()
            if key == "y":
                answer()
            self._draw()
        elif key in ("q", END):
            self._ended = True
        elif key == "c":
            self._wanted = True
        elif key == "h":
            self._hint()
        elif key == "t":
            self._toggle("t", self._task)
        elif key == "l":
            self._toggle("l", self._list)
        elif key == "s":
            self._show_solution()
        elif key == "n":
            self._next()
        elif key == "r":
            self._ask(f"Start exercise {self._exercise.number} afresh? Your files are kept as a backup.", self._reset)

    def _ask(self, question: str, yes: Callable[[], None]) -> None:
        self._asked, self._status = yes, f"{question} y: yes, other keys: no."
        self._draw()

    def _hint(self) -> None:
        hints = len(self._exercise.hints)
        before = self._workshop.progress.of(self._exercise.name).hints
        shown = self._workshop.progress.hint_shown(self._exercise.name, hints).hints
        place = self._workshop.place(self._exercise)
        self._further = list(self._teller.hints(self._exercise, shown, min(before, shown - 1), place))[:-2]
        if before == shown:
            self._further.append("There are no more hints. s: the solution.")
        if self._view:
            self._toggle(self._view, list)
        else:
            self._draw()

    def _next(self) -> None:
        after = following(self._exercise, self._exercises, self._workshop.progress.read())
        if after is None:
            self._status = "There is no other exercise left."
            self._draw()
        elif self._workshop.progress.of(self._exercise.name).passed is None:
            question = f"Exercise {self._exercise.number} is not passed. Go on to {after.number}, {after.title}?"
            self._ask(question, lambda: self._begin(after))
        else:
            self._begin(after)

    def _reset(self) -> None:
        backup = self._workshop.reset(self._exercise)
        self._further = [f"Your files are now in {backup}"] if backup else []
        self._seen = snapshot(self._workshop.place(self._exercise), {})
        self._wanted = True

    # The screen

    def _draw(self) -> None:
        size = self._screen.size()
        if size is None:
            self._screen.show([*self._body, *self._further, "", self._status], self._result)
            return
        foot = self._foot()
        room = size[1] - 1 - sum(_rows(line, size[0]) for line in foot)
        action = REST.get(self._view, "check")
        rest = invocation(action, None if action == "list" else self._exercise)
        self._screen.show([*_fitting(self._body, room, size[0], rest), *foot], self._result)

    def _foot(self) -> list[str]:
        """What stands below the picture: hints, how it stands, and the keys."""
        size = self._screen.size()
        keys = KEYS if size is None or size[0] > len(KEYS) else SHORT_KEYS
        blank = [] if self._view == "l" else [""]  # the list fills a screen of 24 lines
        return [*(["", *self._further] if self._further else []), *blank, self._status, keys]

    def _fits(self, lines: Sequence[str], foot: Sequence[str]) -> bool:
        size = self._screen.size()
        return size is None or sum(_rows(line, size[0]) for line in [*lines, *foot]) < size[1]


def _rows(line: str, columns: int) -> int:
    """How many rows of the screen a line takes; its colours take none, so this may be one too many."""
    return max(1, -(-len(line) // max(1, columns)))


def _fitting(lines: Sequence[str], room: int, columns: int, rest: str) -> list[str]:
    """As many lines as there is room for, then the command that prints the rest."""
    if sum(_rows(line, columns) for line in lines) <= room:
        return list(lines)
    kept: list[str] = []
    for line in lines:
        room -= _rows(line, columns)
        if room < 1:
            break
        kept.append(line)
    return [*kept, f"… and more: {rest}"]
