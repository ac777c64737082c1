"""What was seen in an experiment, as data, and the views of it: differences, folders, headers."""

from lab.observation.data import (
    CommandStep,
    Fault,
    Observation,
    RequestStep,
    Step,
    StoredFile,
    TraceEntry,
    Versions,
    step_from_dict,
)

__all__ = [
    "CommandStep",
    "Fault",
    "Observation",
    "RequestStep",
    "Step",
    "StoredFile",
    "TraceEntry",
    "Versions",
    "step_from_dict",
]
