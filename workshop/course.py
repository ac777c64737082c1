"""The way through the exercises, and how far somebody has come on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.exercise import Exercise, ExerciseClaim
from workshop.progress import Standing


@dataclass(frozen=True, slots=True)
class Stop:
    """An exercise, and where the learner stands in it; `begun` when there is a folder."""

    exercise: Exercise
    standing: Standing
    begun: bool

    @property
    def state(self) -> str:
        return "passed" if self.standing.passed else "begun" if self.begun or self.standing.started else "ahead"

    @property
    def counts(self) -> tuple[str, ...]:
        """Such as ("3 checks", "1 hint")."""
        hints = self.hints_shown
        told = [(self.standing.checks, "check"), (hints, "hint")]
        return tuple(f"{count} {word}{'s' * (count != 1)}" for count, word in told if count > 0)

    @property
    def hints_shown(self) -> int:
        """Never more than there are, whatever an imported file says."""
        return max(0, min(self.standing.hints, len(self.exercise.hints)))

    @property
    def proved(self) -> tuple[ExerciseClaim, ...]:
        """The claims that held when the exercise was passed, or in the last check."""
        if self.standing.passed:
            return self.exercise.claims
        return tuple(claim for claim in self.exercise.claims if claim.id in self.standing.held)


def course(exercises: Sequence[Exercise], standings: Mapping[str, Standing], begun: frozenset[str]) -> list[Stop]:
    """`begun` has the names of the exercises that there is a folder for."""
    return [Stop(exercise, standings.get(exercise.name, Standing()), exercise.name in begun) for exercise in exercises]


def following(stops: Sequence[Stop]) -> Stop | None:
    """What comes next: one that was begun, then one that was not, then one left for later; None when all are passed."""
    left = [stop for stop in stops if stop.state != "passed"]
    open_ones = [stop for stop in left if stop.standing.skipped is None] or left
    return next((stop for stop in open_ones if stop.state == "begun"), next(iter(open_ones), None))
