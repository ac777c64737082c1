"""One fork server and one memory of observations for all tests of the lab."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from lab.engine import api
from lab.evidence.catalogue import CATALOGUE
from lab.experiment import Experiment
from lab.observation import Observation
from lab.probe.serving import missing_here
from lab.process.runner import ForkServerRunner

Observe = Callable[..., Observation]
ObserveNamed = Callable[[Experiment], Observation]


@pytest.fixture(scope="session")
def runner() -> Iterator[ForkServerRunner]:
    runner = ForkServerRunner()
    yield runner
    runner.close()


@pytest.fixture(scope="session")
def known() -> dict[Experiment, Future[str]]:
    """Each experiment is run once per session."""
    return {}


@pytest.fixture(scope="session")
def observe(runner: ForkServerRunner, known: dict[Experiment, Future[str]]) -> Observe:
    """observe(debug="off", …): what really happened."""

    def observed(**knobs: str) -> Observation:
        experiment = Experiment(**knobs)
        if experiment not in known:
            future: Future[str] = Future()
            future.set_result(runner.run(experiment))
            known[experiment] = future
        return Observation.from_json(known[experiment].result())

    return observed


@pytest.fixture(scope="session")
def observe_named(
    runner: ForkServerRunner, known: dict[Experiment, Future[str]], observe: Observe
) -> Iterator[ObserveNamed]:
    """As observe, for the experiments that have a record: several are run at once, ahead of those who ask.

    Where a server is missing that an experiment needs, its record is what the site shows, so that is what comes.
    """
    ahead = ThreadPoolExecutor(os.cpu_count() or 2)
    for entry in CATALOGUE:
        if entry.experiment not in known and not missing_here(entry.experiment):
            known[entry.experiment] = ahead.submit(runner.run, entry.experiment)
    yield lambda experiment: api.observe(experiment) if missing_here(experiment) else observe(**experiment.changed)
    ahead.shutdown(cancel_futures=True)
