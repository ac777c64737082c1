"""Which exercise is meant."""

from collections.abc import Sequence

from workshop.exercise import Exercise
from workshop.progress import Standing, Standings


def current(exercises: Sequence[Exercise], standings: Standings) -> Exercise | None:
    """The first that was begun and not passed, else the first not passed; None when all are passed.

    One that was skipped comes when no other is left.
    """
    left = _left(exercises, standings)
    begun = [one for one in left if standings.get(one.name, Standing()).started is not None]
    return next(iter([*begun, *left]), None)


def following(exercise: Exercise, exercises: Sequence[Exercise], standings: Standings) -> Exercise | None:
    """The next one after `exercise` that is not passed, going on from the first; None when there is no other."""
    place = exercises.index(exercise)
    return next(iter(_left([*exercises[place + 1 :], *exercises[:place]], standings)), None)


def _left(exercises: Sequence[Exercise], standings: Standings) -> list[Exercise]:
    """Return those that are not passed, or of those only the ones that were skipped, when there are no others."""
    left = [one for one in exercises if standings.get(one.name, Standing()).passed is None]
    return [one for one in left if standings.get(one.name, Standing()).skipped is None] or left
