"""The lab as this site uses it: one engine per process, made from the settings. The only part that reads them."""

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
from lab.process.limiter import Turnstile
from lab.process.message import decode
from lab.process.runner import Runner, best_runner
from lab.process.scratch import lock_folder

if TYPE_CHECKING:
    from lab.engine.engine import Engine


def observe(experiment: Experiment) -> Observation:
    """What Django did in this experiment; cached. Raises Busy or ExperimentFailed."""
    return engine().observe(experiment)


def observe_json(experiment: Experiment) -> str:
    """The same as JSON."""
    return engine().observe_json(experiment)


def try_plan(source: Path, plan: Plan, seconds: float) -> FolderResult:
    """Return what the plan does with a copy of the folder `source`. Raises ExperimentFailed."""
    return decode(FolderResult, runner().perform(FolderJob(str(source), plan), seconds))


@cache
def runner() -> Runner:
    """This process's runner."""
    return best_runner()


@cache
def turnstile() -> Turnstile:
    """What lets a few runs at once pass. LAB_CHILDREN and LAB_QUEUE may be set; the defaults suit a laptop."""
    return Turnstile(
        _locks(),
        running=getattr(settings, "LAB_CHILDREN", max(2, os.cpu_count() or 1)),
        waiting=getattr(settings, "LAB_QUEUE", 64),
        patience=20,
    )


@cache
def engine() -> "Engine":
    """This process's engine. LAB_CACHE_DIR may be set."""
    # Imported here: the workshop's commands need the runner alone, and the catalogue takes a tenth of a second.
    from lab.engine.cache import Cache
    from lab.engine.engine import Engine
    from lab.evidence.records import Records

    return Engine(
        runner=runner(),
        cache=Cache(Path(getattr(settings, "LAB_CACHE_DIR", Path(settings.BASE_DIR, ".lab_cache")))),
        turnstile=turnstile(),
        flights=_locks() / "flights",
        records=Records(),
    )


def _locks() -> Path:
    try:
        return lock_folder() / "locks"
    except OSError:
        return Path(settings.BASE_DIR, ".lab_cache", "locks")
