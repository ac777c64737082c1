"""What an exercise expects of a project: sentences such as "css.status is 200", asked of the facts of a run."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lab.uploads.samples import SAMPLES, sample

Facts = Mapping[str, Mapping[str, Any]]

SHOWN = 160  # characters of a value in a sentence


class ExpectationError(ValueError):
    """A sentence that is none. The message says why, on one line."""


def _matches(value: str, pattern: str) -> bool:
    return re.fullmatch(pattern, value, re.DOTALL) is not None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")  # smaller and greater than nothing


# verb -> whether it holds of the value, as text, and the sentence's own
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
        """Raises ExpectationError."""
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
        """The labels that it asks of."""
        if self.verb in COMPARING and self.sample is None:
            return self.label, self.other[0]
        return (self.label,)

    @property
    def sample(self) -> str | None:
        """The sample that it compares with."""
        if self.verb in COMPARING and self.value.startswith("sample "):
            return self.value.removeprefix("sample ").strip()
        return None

    @property
    def other(self) -> list[str]:
        """[label, field] of what it compares with."""
        return self.value.split(".", 1)

    def judge(self, facts: Facts) -> "Finding":
        """Whether it holds of these facts; a step that was not made makes it fail, unless nothing is expected."""
        made = self.label in facts and "why" not in facts[self.label]
        value = facts.get(self.label, {}).get(self.field)
        if self.value == NOTHING and self.verb in ("is", "is not"):
            return Finding(self, (value is None) == (self.verb == "is"), value)
        if not made:
            return Finding(self, False, None, _why(facts, self.label))
        wanted: Any = self.value
        if self.sample is not None:
            wanted = hashlib.sha256(sample(self.sample)).hexdigest()
        elif self.verb in COMPARING:
            label, field = self.other
            wanted = facts.get(label, {}).get(field)
            if wanted is None:
                return Finding(self, False, value, _why(facts, label))
        if value is None:
            return Finding(self, self.verb in ("lacks", "is not", "differs from"), None)
        return Finding(self, VERBS[self.verb](str(value), str(wanted)), value, wanted=wanted)


@dataclass(frozen=True, slots=True)
class Finding:
    """An expectation and what was there; `why` says why a step has no answer, `wanted` is what it was compared with."""

    expectation: Expectation
    holds: bool
    value: Any
    why: str = ""
    wanted: Any = None

    @property
    def found(self) -> str:
        """What was there, short enough to be shown."""
        if self.why:
            return self.why
        if self.expectation.verb in COMPARING and self.expectation.field == "sha256" and self.value is not None:
            return "the same" if self.holds == (self.expectation.verb == "equals") else "not the same"
        if self.expectation.verb in COMPARING and self.wanted is not None and self.value is not None:
            return f"{_short(self.value)}, and {self.expectation.value} is {_short(self.wanted)}"
        return NOTHING if self.value is None else _short(self.value)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"


def _why(facts: Facts, label: str) -> str:
    return str(facts.get(label, {}).get("why") or f"“{label}” was not reached.")
