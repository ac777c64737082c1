"""What was seen in an experiment, as data, and the views of it: differences, folders, headers."""

from lab.observation.data import (
    NOT_INSTALLED,
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
    "NOT_INSTALLED",
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
