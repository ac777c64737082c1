"""`manage.py workshop`: the exercises in a terminal."""

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style

from lab.engine import api
from mysite.serving.atomic_write import write_whole
from workshop.choosing import current, following
from workshop.exercise import Exercise, ExerciseError, by_name, exercises, folders, read
from workshop.invocation import invocation, short, with_commands
from workshop.joining import JoinError, join, joined, leave
from workshop.keyboard import NoKeyboard, keyboard
from workshop.my_workshop import changes_of, my_workshop
from workshop.progress import ProgressError, dumps, loads
from workshop.skeleton import SkeletonError, make
from workshop.terminal import Teller
from workshop.verifying import unreadable, verify
from workshop.watch import FullScreen, JsonRoll, Roll, Screen, Watch

NOT_PASSED, MISUSE, INTERRUPTED = 1, 2, 130
BOARD_SECONDS = 0.5  # that a command may last longer so that the class's board hears of it


class Command(BaseCommand):
    help = "Exercises, checked on real servers. Without N, a command is about your current exercise."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        shared = ArgumentParser(add_help=False)
        shared.add_argument("--json", action="store_true", help="print JSON and nothing else")
        for option in ("--no-color", "--force-color"):  # Django's own, also after the action
            shared.add_argument(option, action="store_true", default=SUPPRESS, help=SUPPRESS)
        actions = parser.add_subparsers(dest="action", metavar="ACTION")
        parser.set_defaults(action="list", json=False)

        def action(name: str, about: str, *, number: bool = False) -> ArgumentParser:
            added: ArgumentParser = actions.add_parser(name, help=about, description=about, parents=[shared])
            if number:
                added.add_argument("number", nargs="?", metavar="N", help="an exercise's number or name")
            return added

        action("list", "List all exercises and your progress.")
        action("start", "Copy an exercise to my_workshop/ and show what to do.", number=True)
        action("task", "Show again what to do.", number=True)
        check = action("check", "Run your project and show which claims hold.", number=True)
        check.add_argument("--all", action="store_true", help="show what happened for every claim that fails")
        action("skip", "Leave an exercise for later; `start N` comes back to it.", number=True)
        plain = action("watch", "Check at every save, until q. It shows its keys.", number=True)
        plain.add_argument("--plain", action="store_true", help="line after line, for screen readers; no keys")
        action("hint", "Show one more hint.", number=True)
        reset = action("reset", "Start an exercise again; your files are kept as a backup.", number=True)
        reset.add_argument("--yes", action="store_true", help="do not ask")
        solution = action("solution", "Show the solution and why it is one, beside your own changes.", number=True)
        solution.add_argument("--anyway", action="store_true", help="even before you have passed")
        export = action("export", "Write your progress to a file.")
        export.add_argument("file", metavar="FILE", help="- is the output")
        export.add_argument("--yes", action="store_true", help="do not ask, even if the file exists")
        import_ = action("import", "Replace your progress by a file; the old one is kept as a backup.")
        import_.add_argument("file", metavar="FILE", help="- is the input")
        import_.add_argument("--yes", action="store_true", help="do not ask")
        join_ = action("join", "Show on a class's board, to everybody who sees it, where you are.")
        join_.add_argument("url", metavar="URL", help="the board's address, such as http://192.168.1.20:9000/")
        join_.add_argument("name", metavar="NAME", help="what the board calls you")
        action("leave", "Take your name off the board.")
        board = action("board", "For teachers: serve a page that shows where each participant is.")
        board.add_argument("--port", type=int, default=9000)
        board.add_argument("--host", default="0.0.0.0", help="the address to listen on (default: all)")  # noqa: S104
        board.add_argument(
            "--stuck",
            type=int,
            default=10,
            metavar="MINUTES",
            help="without progress, after which somebody is stuck",
        )
        verifying = action("verify", "For authors: test the exercises.")
        verifying.add_argument("names", nargs="*", metavar="NAME")
        action("new", "For authors: make the skeleton of an exercise.").add_argument("name", metavar="NAME")

    def handle(self, *_: Any, **options: Any) -> None:
        if os.environ.get("NO_COLOR") and not options["force_color"]:
            self.style = no_style()
            self.stderr.style_func = None
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # an old Windows console
        self.teller = Teller(self.style.SUCCESS, self.style.ERROR, self.style.HTTP_INFO)
        self.workshop = my_workshop()
        act: Callable[[dict[str, Any]], None] = getattr(self, f"_{options['action']}")
        try:
            act(options)
        except (ExerciseError, JoinError, ProgressError, SkeletonError) as error:
            raise CommandError(str(error), returncode=MISUSE) from error
        except BrokenPipeError:  # anyone who read our output has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(MISUSE) from None
        except OSError as error:
            raise CommandError(
                f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), returncode=MISUSE
            ) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped.", returncode=INTERRUPTED) from None
        finally:
            if self.workshop.progress.damage:
                self.stderr.write(self.workshop.progress.damage)
            self.workshop.messenger.wait(BOARD_SECONDS)

    # For learners

    def _list(self, options: dict[str, Any]) -> None:
        standings = self.workshop.progress.read()
        now = current(exercises(), standings)
        place = joined(self.workshop.folder)
        data = {
            "current": None if now is None else now.name,
            "board": None if place is None else {"url": place.url, "name": place.name},
            "exercises": [
                {
                    "number": one.number,
                    "name": one.name,
                    "title": one.title,
                    "chapter": one.chapter,
                    "folder": str(self.workshop.place(one)) if self.workshop.begun(one) else None,
                    "hints": len(one.hints),
                    "standing": asdict(standings[one.name]) if one.name in standings else None,
                }
                for one in exercises()
            ],
        }
        lines = self.teller.listing(exercises(), standings, now)
        self._say(options, data, lines)
        if now is not None and not options["json"]:
            self._lines(["", f"Go on with: {invocation('check' if self.workshop.begun(now) else 'start', now)}"])
        if place is not None and not options["json"]:
            self._lines([f"The board at {place.url} shows you as {place.name}."])

    def _start(self, options: dict[str, Any]) -> None:
        if options["number"] is None and exercises() and current(exercises(), self.workshop.progress.read()) is None:
            self._say(options, {"exercise": None, "new": False}, self.teller.send_off())
            return
        exercise = self._meant(options)
        new = self.workshop.start(exercise)
        place = self.workshop.place(exercise)
        self._say(options, {**_task(exercise, place), "new": new}, self.teller.begun(exercise, place, new))

    def _task(self, options: dict[str, Any]) -> None:
        exercise = self._begun(options)
        place = self.workshop.place(exercise)
        self._say(options, _task(exercise, place), self.teller.task(exercise, place))

    def _check(self, options: dict[str, Any]) -> None:
        exercise = self._begun(options)
        result = self.workshop.check(exercise)
        standings = self.workshop.progress.read()
        after = following(exercise, exercises(), standings)
        data = {**result.to_dict(), "next": None if after is None else after.name}
        everything = options["all"]
        further = ["", *self.teller.after(result, after, everything=everything)]
        if everything or not self.stdout.isatty():
            told = list(self.teller.result(result, everything=everything))
        else:
            told = self.teller.result_within(result, shutil.get_terminal_size().lines - 1 - len(further))
        lines = [*told, *further]
        self._say(options, data, lines)
        if not result.passed:
            self.workshop.messenger.wait(BOARD_SECONDS)
            raise SystemExit(NOT_PASSED)

    def _watch(self, options: dict[str, Any]) -> None:
        exercise = self._meant(options)
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _stop)
        full = not (options["plain"] or options["json"]) and self.stdout.isatty() and sys.stdin.isatty()
        screen: Screen = (FullScreen if full else JsonRoll if options["json"] else Roll)(self._write)
        watch = Watch(self.workshop, exercises(), screen, self.teller, self.workshop.check)
        try:
            with keyboard() if full else contextlib.nullcontext(NoKeyboard()) as keys:
                watch.run(exercise, keys)
        except KeyboardInterrupt:
            return
        finally:
            api.runner().close()

    def _hint(self, options: dict[str, Any]) -> None:
        exercise = self._meant(options)
        before = self.workshop.progress.of(exercise.name).hints
        shown = self.workshop.progress.hint_shown(exercise.name, len(exercise.hints)).hints
        data = {"exercise": exercise.name, "hints": list(exercise.hints[:shown]), "of": len(exercise.hints)}
        place = self.workshop.place(exercise)
        self._say(options, data, self.teller.hints(exercise, shown, min(before, shown - 1), place))

    def _skip(self, options: dict[str, Any]) -> None:
        exercise = self._meant(options)
        self.workshop.progress.skipped(exercise.name)
        after = following(exercise, exercises(), self.workshop.progress.read())
        lines = [f"Exercise {exercise.number}, {exercise.title}, is left for later."]
        lines.append(f"To come back to it: {invocation('start', exercise)}")
        lines += [f"Next: {invocation('start', after)}"] if after else []
        self._say(options, {"exercise": exercise.name, "next": None if after is None else after.name}, lines)

    def _reset(self, options: dict[str, Any]) -> None:
        exercise = self._begun(options)
        self._sure(options["yes"], f"Start exercise {exercise.number}, {exercise.title}, afresh?", "--yes")
        backup = self.workshop.reset(exercise)
        data = {"exercise": exercise.name, "backup": None if backup is None else str(backup)}
        lines = [f"Exercise {exercise.number} is as it was at its start: {short(self.workshop.place(exercise))}"]
        lines += [f"Your files are kept in {short(backup)}"] if backup else []
        self._say(options, data, lines)

    def _solution(self, options: dict[str, Any]) -> None:
        exercise = self._meant(options, passed=True)
        if self.workshop.progress.of(exercise.name).passed is None:
            question = f"You have not passed exercise {exercise.number} yet. Look at the solution anyway?"
            self._sure(options["anyway"], question, "--anyway")
        solution = exercise.solution()
        self.workshop.progress.solution_shown(exercise.name)
        changes = changes_of(solution, exercise)
        own = self.workshop.changes(exercise) if self.workshop.begun(exercise) else []
        others = exercise.alternatives()
        data = {
            "exercise": exercise.name,
            "why": solution.why,
            "changes": [asdict(change) for change in changes],
            "own": [asdict(change) for change in own],
            "alternatives": [{"name": fix.name, "title": fix.title, "why": fix.why} for fix in others],
        }
        self._say(options, data, self.teller.solution(exercise, solution.why, changes, others, own))

    def _export(self, options: dict[str, Any]) -> None:
        text = dumps(self.workshop.progress.read())
        if options["file"] == "-":
            self._write(text)
            return
        if Path(options["file"]).exists():
            self._sure(options["yes"], f"{options['file']} is there already. Replace it?", "--yes")
        write_whole(Path(options["file"]), text)
        self._say(options, {"file": options["file"]}, [f"Your progress is in {options['file']}"])

    def _import(self, options: dict[str, Any]) -> None:
        text = sys.stdin.read() if options["file"] == "-" else _text(Path(options["file"]))
        try:
            standings = loads(text)
        except ProgressError as error:
            raise ProgressError(f"{options['file']}: {error}") from error
        before = self.workshop.progress.read()
        if before:
            self._sure(options["yes"], f"Replace your progress in {len(before)} exercises?", "--yes")
        backup = self.workshop.replace_progress(standings)
        passed = sum(standing.passed is not None for standing in standings.values())
        lines = [f"Read: {len(standings)} exercises begun, {passed} of them passed."]
        lines += [f"What it replaced is in {short(backup)}"] if backup else []
        data = {"begun": len(standings), "passed": passed, "backup": None if backup is None else str(backup)}
        self._say(options, data, lines)

    # A class

    def _join(self, options: dict[str, Any]) -> None:
        place = join(self.workshop.folder, options["url"], options["name"], self.workshop.progress.read())
        lines = [
            f"The board at {place.url} now shows {place.name}: which exercise you are at and since when, your checks,",
            "your hints, and what you have passed. Nothing of your files is sent.",
            f"To stop: {invocation('leave')}",
        ]
        self._say(options, {"url": place.url, "name": place.name}, lines)

    def _leave(self, options: dict[str, Any]) -> None:
        place = leave(self.workshop.folder)
        said = "You were on no board." if place is None else f"Nothing more is sent to {place.url}"
        self._say(options, {"left": None if place is None else place.url}, [said])

    def _board(self, options: dict[str, Any]) -> None:
        from workshop.board_server import run

        raise SystemExit(run(options["host"], options["port"], options["stuck"]))

    # For authors

    def _verify(self, options: dict[str, Any]) -> None:
        verdicts = []
        for verdict in _verdicts(options["names"]):
            verdicts.append(verdict)
            if not options["json"]:
                self._lines(self.teller.verdict(verdict))
        problems = sum(bool(verdict.problem) for verdict in verdicts)
        if options["json"]:
            self._write(json.dumps([asdict(verdict) for verdict in verdicts], indent=1) + "\n")
        else:
            self._lines([f"{len(verdicts)} things verified, {problems} are not as they should be."])
        if problems:
            raise SystemExit(NOT_PASSED)

    def _new(self, options: dict[str, Any]) -> None:
        folder = make(options["name"])
        lines = [f"Made: {short(folder)}", f"What it lacks: {invocation('verify')} {folder.name}"]
        lines.append("How an exercise is written: docs/exercises.md")
        self._say(options, {"folder": str(folder)}, lines)

    # Choosing and asking

    def _meant(self, options: dict[str, Any], *, passed: bool = False) -> Exercise:
        """The exercise N, or the current one; with `passed` the last when all are passed."""
        all_of_them = exercises()
        if not all_of_them:
            raise ExerciseError("There are no exercises here.")
        if options["number"] is not None:
            found = by_name(options["number"])
            if found is None:
                known = f"{all_of_them[0].number} to {all_of_them[-1].number}"
                raise ExerciseError(f"There is no exercise {options['number']!r}; there are {known}.")
            return found
        standings = self.workshop.progress.read()
        now = current(all_of_them, standings)
        if now is None and not passed:
            raise ExerciseError("All exercises are passed. Name one by its number to see it again.")
        return now or all_of_them[-1]

    def _begun(self, options: dict[str, Any]) -> Exercise:
        exercise = self._meant(options)
        if not self.workshop.begun(exercise):
            place = short(self.workshop.place(exercise))
            raise ExerciseError(f"{place} is not there. First: {invocation('start', exercise)}")
        return exercise

    def _sure(self, yes: bool, question: str, option: str) -> None:
        """Raises CommandError unless the answer is yes."""
        if yes:
            return
        if not sys.stdin.isatty():
            raise CommandError(f"{question} Without a terminal to ask in, say {option}.", returncode=MISUSE)
        self.stderr.write(f"{question} [y/N] ", style_func=str, ending="")
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was changed.", returncode=MISUSE)

    # Saying

    def _say(self, options: dict[str, Any], data: dict[str, Any], lines: Iterable[str]) -> None:
        if options["json"]:
            self._write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        else:
            self._lines(lines)

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._write(line.rstrip() + "\n")

    def _write(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()


def _verdicts(names: list[str]) -> Iterator[Any]:
    """Of the exercises with these names, or of all; one that cannot be read is a verdict."""
    places = folders()
    chosen = [place for place in places if not names or any(_called(place, name) for name in names)]
    for name in names:
        if not any(_called(place, name) for place in places):
            raise ExerciseError(f"There is no exercise {name!r}.")
    readable = []
    for place in places:
        with contextlib.suppress(ExerciseError):
            readable.append(read(place))
    for place in chosen:
        try:
            exercise = read(place)
        except ExerciseError as error:
            yield unreadable(place.name, str(error))
        else:
            yield from verify(exercise, readable)


def _called(place: Path, name: str) -> bool:
    wanted = name.strip().lower().replace("-", "_")
    return wanted in (place.name, place.name[3:]) or (wanted.isdigit() and place.name[:2] == wanted.zfill(2))


def _task(exercise: Exercise, place: Path) -> dict[str, Any]:
    """Return what is to be done, and where."""
    return {
        "exercise": exercise.name,
        "title": exercise.title,
        "goal": with_commands(exercise.goal, place),
        "chapter": exercise.chapter,
        "folder": str(place),
        "open": list(exercise.open),
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ProgressError("it is not text") from error


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
