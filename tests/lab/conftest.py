"""One template process and one memory of observations for all tests of the lab."""

from collections.abc import Callable, Iterator

import pytest

from lab.experiment import Experiment
from lab.observation import Observation
from lab.runner import TemplateRunner

Observe = Callable[..., Observation]


@pytest.fixture(scope="session")
def runner() -> Iterator[TemplateRunner]:
    runner = TemplateRunner()
    yield runner
    runner.close()


@pytest.fixture(scope="session")
def observe(runner: TemplateRunner) -> Observe:
    """observe(debug="off", …): what really happened; each experiment is run once per session."""
    known: dict[Experiment, Observation] = {}

    def observed(**knobs: str) -> Observation:
        experiment = Experiment(**knobs)
        if experiment not in known:
            known[experiment] = Observation.from_json(runner.run(experiment))
        return known[experiment]

    return observed
