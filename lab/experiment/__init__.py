"""What can be tried: the knobs, the variations, and one position of every knob as an Experiment."""

from lab.experiment.experiment import Experiment, KnobError

__all__ = ["Experiment", "KnobError"]
