"""The playground's query string: every knob, the experiment before, a prediction, and where to start."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from lab.evidence.catalogue import BY_NAME
from lab.experiment import Experiment, KnobError
from lab.observation import outcome

EXTRAS = ("before", "guess", "start", "whole", "back")
_CHAPTER = re.compile(r"/guide/[a-z0-9-]+/(#[a-z0-9-]+)?")


@dataclass(frozen=True, slots=True)
class Query:
    """`before` is None when there is nothing to compare with; `guess` is a name of outcome.OUTCOMES, or empty.

    `long` tells that the form sent every knob, or the name of an experiment, and `short` is the address instead.
    `back` is the path of the chapter from which the reader came, or empty.
    """

    experiment: Experiment
    before: Experiment | None
    guess: str
    long: bool = False
    back: str = ""

    @property
    def short(self) -> str:
        """Return the query string that says the same, without the knobs that are at their default."""
        guess = f"guess={self.guess}" if self.guess else ""
        before = f"before={quote(self.before.query, safe='/,:')}" if self.before else ""
        return "&".join(part for part in (self.experiment.query, guess, before) if part)


def parse(pairs: Iterable[tuple[str, str]]) -> Query:
    """Return what the pairs say. Raises KnobError, whose one line names what is wrong, for any other name or value."""
    pairs = list(pairs)
    extras: Mapping[str, str] = dict(pair for pair in pairs if pair[0] in EXTRAS)
    guess = extras.get("guess", "")
    if guess and guess not in outcome.BY_NAME:
        raise KnobError(f"guess has no value {guess!r}; it has: {' · '.join(outcome.BY_NAME)}")
    if start := extras.get("start"):
        if start not in BY_NAME:
            raise KnobError(f"There is no experiment {start!r}; `manage.py observe --list` names them.")
        return Query(BY_NAME[start].experiment, None, "", long=True)
    before = None
    if "before" in extras:
        before = Experiment.from_pairs(parse_qsl(extras["before"], keep_blank_values=True))
    experiment = Experiment.from_pairs(pair for pair in pairs if pair[0] not in EXTRAS)
    back = extras.get("back", "")
    return Query(experiment, before, guess, "whole" in extras, back if _CHAPTER.fullmatch(back) else "")
