"""What a plan's run is expected to show: sentences such as "css.status is 200", judged by the facts of the run.

Exercises, symptoms and variations share this language; docs/exercises.md is its reference.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lab.uploads.samples import SAMPLES, sample

Facts = Mapping[str, Mapping[str, Any]]

SHOWN = 160  # characters of a value in a sentence


class ExpectationError(ValueError):
    """A sentence that is no expectation. The message says why, on one line."""


def _matches(value: str, pattern: str) -> bool:
    return re.fullmatch(pattern, value, re.DOTALL) is not None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")  # neither smaller nor greater than any number


# verb -> whether it holds of the value found and the value that the sentence names, both as text
VERBS: dict[str, Callable[[str, str], bool]] = {
    "is one of": lambda value, wanted: value in {one.strip() for one in wanted.split(",")},
    "is not": lambda value, wanted: value != wanted,
    "is": lambda value, wanted: value == wanted,
    "contains": lambda value, wanted: wanted in value,
    "lacks": lambda value, wanted: wanted not in value,
    "starts with": lambda value, wanted: value.startswith(wanted),
    "ends with": lambda value, wanted: value.endswith(wanted),
    "matches": _matches,
    "at least": lambda value, wanted: _number(value) >= _number(wanted),
    "at most": lambda value, wanted: _number(value) <= _number(wanted),
    "equals": lambda value, wanted: value == wanted,
    "differs from": lambda value, wanted: value != wanted,
}
COMPARING = ("equals", "differs from")
NOTHING = "nothing"

_SENTENCE = re.compile(rf"([\w-]+)\.([\w.-]+) ({'|'.join(map(re.escape, VERBS))}) (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expectation:
    """`label.field verb value`; with equals and differs from, `value` names another label.field or a sample."""

    label: str
    field: str
    verb: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}.{self.field} {self.verb} {self.value}"

    @classmethod
    def parse(cls, sentence: str) -> "Expectation":
        """Return the expectation that a sentence states. Raises ExpectationError."""
        found = _SENTENCE.fullmatch(sentence.strip())
        if found is None:
            raise ExpectationError(f"{sentence!r} is not: label.field verb value; verbs: {', '.join(VERBS)}")
        expectation = cls(*found.groups())
        if expectation.verb in COMPARING and expectation.sample is None and len(expectation.other) != 2:
            raise ExpectationError(f"{sentence!r} compares with neither another label.field nor a sample")
        if expectation.sample is not None and expectation.sample not in SAMPLES:
            raise ExpectationError(f"{sentence!r}: there is no such sample; there are {', '.join(SAMPLES)}")
        if expectation.verb == "matches":
            try:
                re.compile(expectation.value)
            except re.error as error:
                raise ExpectationError(f"{sentence!r}: {error}") from error
        return expectation

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the steps whose facts decide."""
        if self.verb in COMPARING and self.sample is None:
            return self.label, self.other[0]
        return (self.label,)

    @property
    def sample(self) -> str | None:
        """The name of the sample that the value is compared with."""
        if self.verb in COMPARING and self.value.startswith("sample "):
            return self.value.removeprefix("sample ").strip()
        return None

    @property
    def other(self) -> list[str]:
        """The [label, field] that the value is compared with."""
        return self.value.split(".", 1)

    def judge(self, facts: Facts) -> "Judgement":
        """Return whether the facts fulfil it. Of a step that was not made only `is nothing` holds."""
        value = facts.get(self.label, {}).get(self.field)
        if self.value == NOTHING and self.verb in ("is", "is not"):
            return Judgement(self, (value is None) == (self.verb == "is"), value)
        if not _made(facts, self.label):
            return Judgement(self, False, None, why=_why(facts, self.label))
        wanted: Any = self.value
        if self.sample is not None:
            wanted = hashlib.sha256(sample(self.sample)).hexdigest()
        elif self.verb in COMPARING:
            label, field = self.other
            if not _made(facts, label):
                return Judgement(self, False, value, why=_why(facts, label))
            wanted = facts[label].get(field)
            if wanted is None:
                return Judgement(self, False, value)
        if value is None:
            return Judgement(self, self.verb in ("lacks", "is not", "differs from"), None, wanted)
        return Judgement(self, VERBS[self.verb](str(value), str(wanted)), value, wanted)


@dataclass(frozen=True, slots=True)
class Judgement:
    """An expectation and what was found in its place.

    `wanted` is the value that a comparison named, `why` the reason when a step gave no answer.
    """

    expectation: Expectation
    holds: bool
    value: Any
    wanted: Any = None
    why: str = ""

    @property
    def expected(self) -> str:
        return str(self.expectation)

    @property
    def found(self) -> str:
        """What was there, in words short enough to be shown; never empty."""
        expectation = self.expectation
        if self.why:
            return self.why
        if expectation.verb not in COMPARING:
            return _short(self.value)
        if self.value is not None and self.wanted is not None and expectation.field == "sha256":
            return "the same" if self.holds == (expectation.verb == "equals") else "not the same"
        return f"{_short(self.value)}, and {expectation.value} is {_short(self.wanted)}"

    def __str__(self) -> str:
        return f"expected {self.expected}; found {self.found}"

    def to_dict(self) -> dict[str, Any]:
        return {"expected": self.expected, "found": self.found, "holds": self.holds}


def _short(value: Any) -> str:
    if value is None:
        return NOTHING
    text = str(value)
    return text[:SHOWN] + " …" if len(text) > SHOWN else text or "an empty text"


def _made(facts: Facts, label: str) -> bool:
    """Return whether the step with that label ran; a request that was not sent has a `why` among its facts."""
    return label in facts and "why" not in facts[label]


def _why(facts: Facts, label: str) -> str:
    return str(facts.get(label, {}).get("why") or f"“{label}” was not reached.")
