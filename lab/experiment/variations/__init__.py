"""What no other knob can say: changes to the mini-project and a plan for it, each under a name.

A variation is a value of the knob `variation`, so an address, a record, a download and a claim can name it.
"""

from lab.experiment.variation import NOTHING, Edit, Variation
from lab.experiment.variations.folders import read

__all__ = ["BY_NAME", "VARIATIONS", "Edit", "Variation", "named"]

VARIATIONS: tuple[Variation, ...] = read()
BY_NAME: dict[str, Variation] = {one.name: one for one in VARIATIONS}


def named(name: str) -> Variation:
    """Return the variation with that name, or one that changes nothing."""
    return BY_NAME.get(name, NOTHING)
