"""The verdict on a run: what happened to its stylesheet, picture or bundle, and what the stamp says of that."""

from dataclasses import dataclass

from lab.observation import Observation, RequestStep, trail
from lab.observation import outcome as outcomes
from lab.observation.reason import asked, reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """`step` is the request that it is about, None where there was none; `stamp` is its status, or words instead."""

    outcome: outcomes.Outcome
    step: RequestStep | None
    came: trail.Came
    stamp: str
    reason: str


def verdict(observation: Observation, about: str = "css") -> Verdict:
    """Return the verdict; `about` is a key of outcome.SUBJECTS. Raises LookupError as outcome.outcome does."""
    happened = outcomes.outcome(observation, about)
    step = asked(observation, about)
    return Verdict(
        happened, step, _came(observation, happened, step), _stamp(observation, step), reason(observation, about)
    )


def _came(observation: Observation, happened: outcomes.Outcome, step: RequestStep | None) -> trail.Came:
    if happened.wanted:
        return "came"
    if observation.refused:
        return "wrong"
    came = trail.came(step) if step else "nobody"
    return "wrong" if came == "came" else came  # an answer, and not the one that was wanted


def _stamp(observation: Observation, step: RequestStep | None) -> str:
    if observation.refused:
        return "refused"
    return str(step.status) if step and step.status else "not asked"
