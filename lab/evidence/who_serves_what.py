"""The tables of who serves what: servers, and kinds of test cases, each asked for a stylesheet and an uploaded file."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lab.evidence.catalogue import TESTS, WHO_SERVES_WHAT
from lab.experiment import Experiment
from lab.observation import Observation, RequestStep

Observe = Callable[[Experiment], Observation]  # runs the experiment, or reads its record
_PRINTED = re.compile(r"^(\w*TestCase|self\.client) (\d{3}) (\d{3})$", re.MULTILINE)  # by the variation "tests"


@dataclass(frozen=True, slots=True)
class Served:
    """A server's answers to the stylesheet and to the uploaded picture; `query` is its experiment."""

    title: str
    query: str
    css: RequestStep | None
    media: RequestStep | None


@dataclass(frozen=True, slots=True)
class TestRun:
    """The statuses that one kind of test case got: the stylesheet before and after collectstatic, an uploaded file."""

    kind: str
    empty: str
    collected: str
    media: str


def servers(observe: Observe) -> tuple[Served, ...]:
    """Return a row for each server. Raises what `observe` raises."""
    return tuple(
        Served(row.title, row.experiment.query, seen.request("css"), seen.request("media"))
        for row in WHO_SERVES_WHAT
        for seen in [observe(row.experiment)]
    )


def test_runs(observe: Observe) -> tuple[TestRun, ...]:
    """Return a row for each kind of test case. Raises what `observe` raises."""
    empty, collected = (_printed(observe(experiment)) for experiment in TESTS)
    return tuple(TestRun(kind, css, collected[kind][0], media) for kind, (css, media) in empty.items())


def _printed(observation: Observation) -> dict[str, tuple[str, str]]:
    lines = _PRINTED.findall(observation.commands[-1].stdout)
    return {kind: (static, media) for kind, static, media in sorted(lines)}
