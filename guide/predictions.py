"""The questions of a chapter, answered in place from the records. Why a guess is wrong is in predictions.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString
from django.utils.text import slugify

from guide.evidence import Evidence, of
from lab.observation import outcome
from lab.observation.verdict import Verdict, verdict
from mysite.web.marked import with_code

WORDS = Path(__file__).with_name("predictions.toml")
PREFIX = "guess-"  # of a question's name in the address


@dataclass(frozen=True)
class Prediction:
    """A question about one experiment. `chosen` is the reader's guess, None before there is one."""

    name: str
    guesses: tuple[outcome.Outcome, ...]
    chosen: outcome.Outcome | None

    @property
    def key(self) -> str:
        """Return the name of the question's field, which is also its place on the page."""
        return PREFIX + slugify(self.name)

    @property
    def found(self) -> Evidence:
        return of(self.name)

    @property
    def about(self) -> str:
        return next(guess.about for guess in self.guesses if guess.name not in ("page-fails", "refused"))

    @property
    def verdict(self) -> Verdict:
        return verdict(self.found.here, self.about)

    @property
    def happened(self) -> outcome.Outcome:
        return self.verdict.outcome

    @property
    def right(self) -> bool:
        return self.chosen == self.happened

    @property
    def reason(self) -> SafeString:
        """Return who answered, in a sentence."""
        return with_code(self.verdict.reason)

    @property
    def mistake(self) -> SafeString:
        """Return why the chosen guess is wrong. Raises KeyError when predictions.toml does not say."""
        return with_code(_words()[self.name][self.chosen.name if self.chosen else ""])


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def prediction(name: str, guesses: str, given: Mapping[str, str]) -> Prediction:
    """Return the question; `given` are the guesses in the address. One that was not offered is ignored."""
    offered = tuple(outcome.BY_NAME[guess] for guess in guesses.split())
    chosen = given.get(PREFIX + slugify(name))
    return Prediction(name, offered, next((guess for guess in offered if guess.name == chosen), None))


def given(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the guesses among the pairs of an address."""
    return {name: value for name, value in pairs if name.startswith(PREFIX)}


def wrong_without_words(asked: Prediction) -> list[str]:
    """Return the guesses of a question that may be wrong and have no sentence that says why."""
    said = _words().get(asked.name, {})
    return [guess.name for guess in asked.guesses if guess != asked.happened and guess.name not in said]
