"""A claim: one sentence that this site says, with the experiments that show it and what must be seen in them."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.experiment import Experiment
from lab.observation import Observation


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and its evidence.

    `holds` gets one observation for each experiment, in their order; `hint` says where to look when it is false.
    Where versions of Django differ, `sentence` says so and `holds` checks it (see `django`): neither leaves it out.
    """

    name: str
    sentence: str
    experiments: tuple[Experiment, ...]
    holds: Callable[..., bool]
    hint: str

    def judge(self, observe: Callable[[Experiment], Observation]) -> "Judgement":
        """Observe every experiment, and return whether the sentence is true of them."""
        observations = tuple(observe(experiment) for experiment in self.experiments)
        try:
            return Judgement(self, observations, bool(self.holds(*observations)))
        except (AttributeError, LookupError) as missing:  # there was no such request, command, header or error
            return Judgement(self, observations, False, f"{type(missing).__name__}: {missing}")


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
