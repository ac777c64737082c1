"""A class's board: who is where, and who has been stuck for how long on what. In memory only."""

import secrets
import statistics
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PARTICIPANTS = 200
PARTICIPANTS_AN_ADDRESS = 100  # a school may stand behind one
JOINS_A_MINUTE = 120
REPORTS_A_MINUTE = 60  # of one participant
NAME_LETTERS = 40
MOST = 9999  # checks or hints
CLAIMS = 50  # of an exercise
LONG_AGO = 4 * 60 * 60.0  # begun on another day: the time on this board counts
QUIET_SECONDS = 15 * 60.0


class Refused(Exception):
    """Nothing of it was taken. `status` is that of HTTP; the message is a sentence for the participant."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Named:
    """An exercise, as the board needs it."""

    name: str
    number: int
    title: str
    claims: tuple[tuple[str, str], ...] = ()  # (id, what it says)


@dataclass(slots=True)
class At:
    """Where a participant stands in an exercise; `began`, `passed` and `moved` (when a claim more held than before) are
    times of the board's clock, `held` the ids of the claims that held in the last check."""

    began: float
    checks: int = 0
    hints: int = 0
    passed: float | None = None
    held: frozenset[str] = frozenset()
    moved: float = 0.0


@dataclass(slots=True)
class Participant:
    name: str
    address: str
    heard: float
    at: str | None = None
    standings: dict[str, At] = field(default_factory=dict)
    reports: list[float] = field(default_factory=list)
    key: str = field(default_factory=lambda: secrets.token_hex(8))


@dataclass(frozen=True, slots=True)
class Row:
    """A participant as the page shows one. `state` is "stuck", "working", "away", "passed", "finished" or "joined";
    `minutes` since the exercise began, or since it was passed; `claim` what the first claim says that does not hold,
    "" before a check; `last` minutes since the last word."""

    name: str
    state: str
    exercise: Named | None
    minutes: int
    checks: int
    hints: int
    passed: int
    claim: str
    last: int
    key: str  # for anyone who may remove the name


@dataclass(frozen=True, slots=True)
class Summary:
    """An exercise as the page shows one; `median` is in minutes, None while nobody has passed. `claim` is what most of
    those at it have as their first claim that does not hold, "" where nobody has one."""

    exercise: Named
    working: int
    stuck: int
    passed: int
    median: int | None
    claim: str = ""


class Board:
    """Safe with several threads. `clock` gives seconds."""

    def __init__(
        self, exercises: Sequence[Named], stuck_minutes: int = 10, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.exercises = tuple(exercises)
        self.stuck_minutes = stuck_minutes
        self._known = {exercise.name: exercise for exercise in exercises}
        self._clock = clock
        self._participants: dict[str, Participant] = {}
        self._joins: list[float] = []
        self._lock = threading.Lock()

    # What participants send

    def join(self, name: Any, token: Any, address: str) -> tuple[str, str]:
        """(token, name). With the token of a participant it is that one, under this name. Raises Refused."""
        name = fit_name(name)
        with self._lock:
            now = self._clock()
            mine = self._participants.get(token) if isinstance(token, str) else None
            if any(_alike(one.name, name) and one is not mine for one in self._participants.values()):
                raise Refused(409, f"Somebody here is called {name} already. Take another name.")
            if mine is not None:
                mine.name, mine.heard = name, now
                return str(token), name
            self._joins = [when for when in self._joins if now - when < 60]
            if len(self._joins) >= JOINS_A_MINUTE:
                raise Refused(429, "Too many join at once. Try again in a minute.")
            here = sum(one.address == address for one in self._participants.values())
            if len(self._participants) >= PARTICIPANTS or here >= PARTICIPANTS_AN_ADDRESS:
                raise Refused(503, "The board is full.")
            self._joins.append(now)
            fresh = secrets.token_urlsafe(24)
            self._participants[fresh] = Participant(name, address, now)
            return fresh, name

    def leave(self, token: Any) -> None:
        """Forget the participant. Raises Refused."""
        with self._lock:
            self._participant(token)
            del self._participants[token]

    def report(self, data: Mapping[str, Any]) -> None:
        """What workshop.joining.report makes. Raises Refused."""
        with self._lock:
            participant = self._participant(data.get("token"))
            now = self._clock()
            participant.reports = [when for when in participant.reports if now - when < 60]
            if len(participant.reports) >= REPORTS_A_MINUTE:
                raise Refused(429, "That is too often.")
            participant.reports.append(now)
            told = data.get("exercises")
            if not isinstance(told, dict) or len(told) > 100:
                raise Refused(400, "exercises must be an object.")
            known = {name: (_numbers(values), _held(values)) for name, values in told.items() if name in self._known}
            at = data.get("at")
            participant.heard = now
            for name, ((age, checks, hints, passed), held) in known.items():
                before = participant.standings.get(name)
                began = before.began if before else now - (age if age < LONG_AGO else 0)
                when = None if not passed else before.passed if before and before.passed is not None else now
                moved = before.moved if before is not None and len(held) <= len(before.held) else now
                participant.standings[name] = At(began, checks, hints, when, held, moved if before else began)
            if isinstance(at, str) and at in participant.standings:
                participant.at = at
            elif participant.at is None:
                left = [name for name in participant.standings if participant.standings[name].passed is None]
                participant.at = next(iter([*left, *participant.standings]), None)

    def remove(self, key: Any) -> None:
        """Remove a participant by the key that `rows` gives, for the teacher. Raises Refused."""
        with self._lock:
            for token, one in self._participants.items():
                if one.key == key:
                    del self._participants[token]
                    return
        raise Refused(404, "There is no such name any more.")

    def _participant(self, token: Any) -> Participant:
        found = self._participants.get(token) if isinstance(token, str) else None
        if found is None:
            raise Refused(410, "The board does not know you. Join again.")
        return found

    # What the page shows

    def rows(self) -> list[Row]:
        """Those who are stuck first, the longest on top; then the others by name."""
        with self._lock:
            now = self._clock()
            rows = [self._row(one, now) for one in self._participants.values()]
        return sorted(
            rows, key=lambda row: (row.state != "stuck", -row.minutes if row.state == "stuck" else 0, row.name)
        )

    def summaries(self) -> list[Summary]:
        """One for each exercise, in order."""
        rows = self.rows()
        with self._lock:
            standings = [one.standings for one in self._participants.values()]
        return [
            Summary(
                exercise,
                working=sum(row.exercise is exercise and row.state in ("working", "stuck") for row in rows),
                stuck=sum(row.exercise is exercise and row.state == "stuck" for row in rows),
                passed=sum(exercise.name in one and one[exercise.name].passed is not None for one in standings),
                median=_median([one[exercise.name] for one in standings if exercise.name in one]),
                claim=_commonest(row.claim for row in rows if row.exercise is exercise and row.claim),
            )
            for exercise in self.exercises
        ]

    def _row(self, one: Participant, now: float) -> Row:
        at = one.standings.get(one.at or "")
        passed = sum(standing.passed is not None for standing in one.standings.values())
        last = int((now - one.heard) // 60)
        if at is None:
            state = "away" if now - one.heard >= QUIET_SECONDS else "joined"
            return Row(one.name, state, None, last, 0, 0, passed, "", last, one.key)
        exercise = self._known[one.at or ""]
        minutes = int((now - (at.began if at.passed is None else at.passed)) // 60)
        still = now - max(at.began, at.moved) >= 60 * self.stuck_minutes
        state = "away" if now - one.heard >= QUIET_SECONDS else "stuck" if still else "working"
        claim = next((says for name, says in exercise.claims if name not in at.held), "") if at.checks else ""
        if at.passed is not None:
            state, claim = "finished" if passed == len(self.exercises) else "passed", ""
        return Row(one.name, state, exercise, minutes, at.checks, at.hints, passed, claim, last, one.key)


def fit_name(given: Any) -> str:
    """The name as the board shows it. Raises Refused."""
    if not isinstance(given, str):
        raise Refused(400, "A name is a text.")
    name = " ".join(unicodedata.normalize("NFKC", given[: 10 * NAME_LETTERS]).split())
    if not 1 <= len(name) <= NAME_LETTERS:
        raise Refused(400, f"A name has 1 to {NAME_LETTERS} letters.")
    if any(unicodedata.category(letter)[0] == "C" for letter in name):
        raise Refused(400, "A name has only letters that can be seen.")
    marks = sum(unicodedata.category(letter).startswith("M") for letter in name)
    if marks > len(name) // 2 or not any(letter.isalnum() for letter in name):
        raise Refused(400, "A name has letters.")
    return name


def _alike(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _numbers(values: Any) -> tuple[float, int, int, bool]:
    """(age, checks, hints, passed). Raises Refused."""
    if not isinstance(values, dict):
        raise Refused(400, "What is said of an exercise must be an object.")
    age, checks, hints = (_number(values.get(key)) for key in ("age", "checks", "hints"))
    if type(values.get("passed")) is not bool:
        raise Refused(400, "passed is true or false.")
    return float(min(age, 10**9)), min(checks, MOST), min(hints, MOST), bool(values["passed"])


def _held(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of the claims that held; an older copy of this site says nothing of them. Raises Refused."""
    held = values.get("held", [])
    if not isinstance(held, list) or len(held) > CLAIMS or not all(isinstance(one, str) for one in held):
        raise Refused(400, "held is a list of ids.")
    return frozenset(held)


def _commonest(claims: Iterable[str]) -> str:
    counted = Counter(claims).most_common(1)
    return counted[0][0] if counted else ""


def _number(value: Any) -> int:
    """Raises Refused."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(400, "age, checks and hints are whole numbers from 0 on.")
    return value


def _median(standings: Sequence[At]) -> int | None:
    """Minutes from the beginning to the pass, of those whose beginning is known."""
    times = [one.passed - one.began for one in standings if one.passed is not None and one.passed > one.began]
    return round(statistics.median(times) / 60) if times else None
