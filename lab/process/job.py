"""What the site asks a child process to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from lab.experiment.plan import Plan


@dataclass(frozen=True, slots=True)
class ExperimentJob:
    """An experiment, as its knobs; the result is an observation."""

    knobs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FolderJob:
    """A plan for a copy of the folder `source`; the result is a lab.checker.observe_folder.FolderResult."""

    source: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Order:
    """A job for the fork server, and the seconds that it may take."""

    job: ExperimentJob | FolderJob
    seconds: float


Job = ExperimentJob | FolderJob
