"""The neighbours of an experiment: one knob turned. Where a claim is false of one, its sentence has to say so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.evidence.claim import Claim
from lab.experiment import KNOBS, Experiment, KnobError, Knobs
from lab.experiment.variations import BY_NAME as VARIATIONS


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An experiment one knob away from that at `place` in a claim."""

    place: int
    knob: str
    value: str
    experiment: Experiment


def neighbours(claim: Claim, knobs: tuple[str, ...] = tuple(KNOBS)) -> Iterator[Neighbour]:
    """Yield the neighbours of each experiment of the claim, by turning these knobs to each of their other values.

    Left out are those that a variation forbids. A variation's own neighbours are no variation, and those that share
    what it is like.
    """
    for place, experiment in enumerate(claim.experiments):
        for name in knobs:
            for value in _values(name, experiment):
                turned: Knobs = {name: value}
                try:
                    yield Neighbour(place, name, value, replace(experiment, **turned))
                except KnobError:  # the variation needs the value that the knob has
                    continue


def _values(knob: str, experiment: Experiment) -> list[str]:
    own = experiment.knobs[knob]
    if knob != "variation":
        return [value for value in KNOBS[knob].by_name if value != own]
    if own == "none":
        return []
    family = [name for name, one in VARIATIONS.items() if name != own and set(one.needs) == set(VARIATIONS[own].needs)]
    alike = [name for name in family if VARIATIONS[name].then == VARIATIONS[own].then and VARIATIONS[own].then]
    return ["none", *alike]
