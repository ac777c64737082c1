"""The evidence on a page: the committed records of an experiment, the reader's Django first."""

from dataclasses import dataclass
from functools import cache

from lab.evidence import catalogue, claims
from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.observation import Observation, diff
from lab.probe.versions import django_series


class NoEvidence(LookupError):
    """A page names an experiment that has no name or no record: a fault of ours, found by the tests."""


@dataclass(frozen=True)
class Elsewhere:
    """What another Django showed; `changes` lead from there to here."""

    series: str
    observation: Observation
    changes: tuple[diff.Change, ...]


@dataclass(frozen=True)
class Evidence:
    """`here` is the record made on the reader's Django, `series` ("6.1"), or on the newest where there is none."""

    experiment: Experiment
    series: str
    here: Observation
    others: tuple[Elsewhere, ...]

    @property
    def turned(self) -> dict[str, str]:
        return self.experiment.changed

    @property
    def differing(self) -> tuple[Elsewhere, ...]:
        return tuple(other for other in self.others if other.changes)


def named(name: str) -> Experiment:
    """The experiment that a page names: a name of the catalogue, a claim's name (its first experiment), or that with
    the number of a later one ("first-app-wins:2"). Claims' names stay when the catalogue grows. Raises NoEvidence.
    """
    title, _, number = name.partition(":")
    if title in claims.BY_NAME:
        experiments = claims.BY_NAME[title].experiments
        if 0 < int(number or 1) <= len(experiments):
            return experiments[int(number or 1) - 1]
    elif title in catalogue.BY_NAME and not number:
        return catalogue.BY_NAME[title].experiment
    raise NoEvidence(f"no experiment is called {name!r}")


@cache
def evidence(experiment: Experiment) -> Evidence:
    """The records of an experiment. Raises NoEvidence where it was never recorded."""
    records = Records()
    found = {series: record for series in records.all_series() if (record := records.of(experiment, series))}
    if not found:
        raise NoEvidence(f"no record of {experiment.query or 'the default experiment'}")
    series = django_series() if django_series() in found else max(found, key=_numbers)
    here = found.pop(series)
    others = tuple(
        Elsewhere(other, record, diff.changes(record, here))
        for other, record in sorted(found.items(), key=lambda item: _numbers(item[0]))
    )
    return Evidence(experiment, series, here, others)


def of(name: str) -> Evidence:
    """The evidence under a name, as in `named`."""
    return evidence(named(name))


def _numbers(series: str) -> tuple[int, ...]:
    return tuple(int(part) for part in series.split("."))
