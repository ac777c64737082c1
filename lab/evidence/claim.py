"""A claim: one sentence that this site says, with the experiments that show it and what must be seen in them."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.experiment import Experiment
from lab.observation import Observation


@dataclass(frozen=True, slots=True)
class Claim:
    """`holds` gets one observation for each experiment, in their order; `hint` says where to look when it does not.

    What differs between versions of Django is said in `sentence` and asked in `holds` (see `django`), never skipped.
    """

    name: str
    sentence: str
    experiments: tuple[Experiment, ...]
    holds: Callable[..., bool]
    hint: str

    def judge(self, observe: Callable[[Experiment], Observation]) -> "Judgement":
        """Run, or take from the cache, every experiment, and ask whether the sentence is true of them."""
        observations = tuple(observe(experiment) for experiment in self.experiments)
        try:
            return Judgement(self, observations, bool(self.holds(*observations)))
        except (
            AttributeError,
            LookupError,
        ) as missing:  # a request or command that the predicate counts on was not made
            return Judgement(self, observations, False, f"{type(missing).__name__}: {missing}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a claim holds; `missing` says what its predicate looked for in vain."""

    claim: Claim
    observations: tuple[Observation, ...]
    holds: bool
    missing: str = ""


def django(observation: Observation) -> tuple[int, int]:
    """The version of Django that was observed, such as (6, 1)."""
    major, minor = observation.versions.django.split(".")[:2]
    return int(major), int(minor)
