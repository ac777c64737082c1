"""What can be tried: the knobs, the variations, and one position of every knob as an Experiment."""

from lab.experiment.experiment import KNOBS, Experiment, KnobError, Knobs

__all__ = ["KNOBS", "Experiment", "KnobError", "Knobs"]
