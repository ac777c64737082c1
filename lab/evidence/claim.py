"""A claim: one sentence that this site says, with the experiments that show it and what must be seen in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lab.experiment import KNOBS, Experiment, Knobs
from lab.observation import Observation


@dataclass(frozen=True, slots=True)
class Foil:
    """One step away from a claim's experiments, where the claim is false: its check can fail, and its sentence ends.

    `turned` are the knobs to turn in the experiment at `place`, the first being 0. `words` say it on a page, after "Not
    so"; without them the knob's own words do.
    """

    turned: Knobs
    place: int = 0
    words: str = ""


def but(place: int = 0, words: str = "", **turned: Any) -> Foil:
    """Return a foil: but(debug="off") turns that knob in the claim's first experiment, but(1, …) in its second."""
    return Foil(turned, place, words)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and its evidence.

    `holds` gets one observation for each experiment, in their order; `hint` says where to look when it is false.
    Where versions of Django differ, `sentence` says so and `holds` checks it (see `django`): neither leaves it out.

    `foil` shows where the sentence ends; a claim that no step makes false says so in `no_foil`. `whatever` names the
    knobs that the sentence leaves open: it holds at each of their values. A sentence that says "never", "always",
    "every", "nothing" or "only" has some.
    """

    name: str
    sentence: str
    experiments: tuple[Experiment, ...]
    holds: Callable[..., bool]
    hint: str
    foil: Foil | None = None
    no_foil: str = ""
    whatever: tuple[str, ...] = ()

    @property
    def foil_experiment(self) -> Experiment:
        """Return the experiment of the foil. Raises LookupError when the claim has none."""
        if self.foil is None:
            raise LookupError(f"{self.name} has no foil")
        return replace(self.experiments[self.foil.place], **self.foil.turned)

    @property
    def foil_words(self) -> str:
        """Return what the foil does, for a sentence: "with DEBUG off". Raises LookupError when there is no foil."""
        if self.foil is None:
            raise LookupError(f"{self.name} has no foil")
        if self.foil.words:
            return self.foil.words
        return " and ".join(KNOBS[knob].by_name[value].phrase for knob, value in self.foil.turned.items())

    def judge(self, observe: Callable[[Experiment], Observation]) -> "Judgement":
        """Observe every experiment, and return whether the sentence is true of them."""
        return self.judge_with(self.experiments, observe)

    def judge_foil(self, observe: Callable[[Experiment], Observation]) -> "Judgement":
        """Return the same with the foil in its place, where the sentence is to be false. Raises LookupError."""
        return self.judge_with(self.instead(self.foil_experiment, self.foil.place if self.foil else 0), observe)

    def judge_with(
        self, experiments: tuple[Experiment, ...], observe: Callable[[Experiment], Observation]
    ) -> "Judgement":
        """Return whether the sentence is true of these experiments, which take the place of the claim's own."""
        observations = tuple(observe(experiment) for experiment in experiments)
        try:
            return Judgement(self, observations, bool(self.holds(*observations)))
        except (AttributeError, LookupError) as missing:  # there was no such request, command, header or error
            return Judgement(self, observations, False, f"{type(missing).__name__}: {missing}")

    def instead(self, experiment: Experiment, place: int) -> tuple[Experiment, ...]:
        """Return the claim's experiments with this one at `place`."""
        return (*self.experiments[:place], experiment, *self.experiments[place + 1 :])


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a claim holds; `missing` says what its predicate did not find."""

    claim: Claim
    observations: tuple[Observation, ...]
    holds: bool
    missing: str = ""


def django(observation: Observation) -> tuple[int, int]:
    """Return the version of Django that was observed, such as (6, 1)."""
    major, minor = observation.versions.django.split(".")[:2]
    return int(major), int(minor)
