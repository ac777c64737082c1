"""The playground's query string: every knob, the experiment before, and a prediction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from lab.experiment import Experiment, KnobError
from lab.observation import outcome

EXTRAS = ("before", "guess")


@dataclass(frozen=True, slots=True)
class Query:
    """`before` is None when there is nothing to compare with; `guess` is a name of outcome.OUTCOMES, or empty."""

    experiment: Experiment
    before: Experiment | None
    guess: str


def parse(pairs: Iterable[tuple[str, str]]) -> Query:
    """Return what the pairs say. Raises KnobError, whose one line names what is wrong, for any other name or value."""
    pairs = list(pairs)
    extras: Mapping[str, str] = dict(pair for pair in pairs if pair[0] in EXTRAS)
    guess = extras.get("guess", "")
    if guess and guess not in outcome.BY_NAME:
        raise KnobError(f"guess has no value {guess!r}; it has: {' · '.join(outcome.BY_NAME)}")
    before = None
    if "before" in extras:
        before = Experiment.from_pairs(parse_qsl(extras["before"], keep_blank_values=True))
    return Query(Experiment.from_pairs(pair for pair in pairs if pair[0] not in EXTRAS), before, guess)
