"""Any experiment there can be, for property tests."""

from hypothesis import strategies as st

from lab.experiment import KNOBS, Experiment
from lab.experiment.variations import BY_NAME


def possible(**knobs):
    """A variation brings the knobs that it needs; every other combination is an experiment as it is."""
    variation = BY_NAME.get(knobs["variation"])
    return Experiment(**{**knobs, **(variation.needs if variation else {})})


EXPERIMENTS = st.builds(possible, **{name: st.sampled_from(list(knob.by_name)) for name, knob in KNOBS.items()})
