"""The lab as this site uses it: one engine per process. The only module of the lab that reads the settings."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from lab.checker.observe_folder import FolderResult
from lab.experiment import Experiment
from lab.experiment.plan import Plan
from lab.observation import Observation
from lab.process.job import FolderJob
from lab.process.limiter import Limiter
from lab.process.message import decode
from lab.process.runner import Runner, best_runner
from lab.process.scratch import lock_folder

if TYPE_CHECKING:
    from lab.engine.engine import Engine


def observe(experiment: Experiment) -> Observation:
    """Return what Django did in this experiment, from the cache if it is there. Raises Busy or ExperimentFailed."""
    return engine().observe(experiment)


def observe_json(experiment: Experiment) -> str:
    """Return the same as JSON."""
    return engine().observe_json(experiment)


def try_plan(source: Path, plan: Plan, seconds: float) -> FolderResult:
    """Return what the plan does with a copy of the folder `source`. Raises ExperimentFailed."""
    return decode(FolderResult, runner().perform(FolderJob(str(source), plan), seconds))


@cache
def runner() -> Runner:
    """Return this process's runner."""
    return best_runner()


@cache
def limiter() -> Limiter:
    """Return what limits how many experiments run at the same time.

    The settings LAB_CHILDREN and LAB_QUEUE are optional; the defaults suit a laptop.
    """
    return Limiter(
        _locks(),
        running=getattr(settings, "LAB_CHILDREN", max(2, os.cpu_count() or 1)),
        waiting=getattr(settings, "LAB_QUEUE", 64),
        patience=20,
    )


@cache
def engine() -> "Engine":
    """Return this process's engine. The setting LAB_CACHE_DIR is optional."""
    # Imported here: the workshop's commands need the runner alone, and the catalogue takes a tenth of a second.
    from lab.engine.cache import Cache
    from lab.engine.engine import Engine
    from lab.evidence.records import Records

    return Engine(
        runner=runner(),
        cache=Cache(Path(getattr(settings, "LAB_CACHE_DIR", Path(settings.BASE_DIR, ".lab_cache")))),
        limiter=limiter(),
        flights=_locks() / "flights",
        records=Records(),
    )


def _locks() -> Path:
    try:
        return lock_folder() / "locks"
    except OSError:
        return Path(settings.BASE_DIR, ".lab_cache", "locks")
