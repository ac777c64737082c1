"""`manage.py claims`: where each claim of this site ends, by turning each knob of its experiments once."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lab.engine import api
from lab.evidence.claim import Claim
from lab.evidence.claims import BY_NAME, CLAIMS
from lab.evidence.neighbours import neighbours
from lab.experiment import KNOBS, Experiment
from lab.observation import Observation
from lab.probe.serving import missing_here
from lab.process.limiter import Busy
from lab.process.runner import ExperimentFailed


class Command(BaseCommand):
    help = (
        "Turn each knob of a claim's experiments to each of its other values, and print where the claim becomes false: "
        "what its sentence has to say, and what may be its foil."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["foils"])
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help="claims; without one: all of them, which takes long"
        )
        parser.add_argument("--knob", action="append", choices=list(KNOBS), help="turn this knob alone (repeatable)")
        parser.add_argument("--servers", action="store_true", help="also turn knobs where a server has to be started")

    def handle(self, *_: Any, names: list[str], knob: list[str] | None, servers: bool, **__: Any) -> None:
        unknown = [name for name in names if name not in BY_NAME]
        if unknown:
            raise CommandError(f"There is no claim {unknown[0]!r}.", returncode=2)
        for claim in [BY_NAME[name] for name in names] or CLAIMS:
            self.stdout.write(f"{claim.name}: {claim.sentence}")
            for line in _ends(claim, tuple(knob or KNOBS), servers=servers):
                self.stdout.write(f"    {line}")
            self.stdout.write(f"    foil: not so {claim.foil_words}" if claim.foil else f"    no foil: {claim.no_foil}")


def _ends(claim: Claim, knobs: tuple[str, ...], *, servers: bool) -> Iterable[str]:
    """Yield for each experiment of the claim the values that make it false, and the knobs that do not."""
    for place, experiment in enumerate(claim.experiments):
        false: dict[str, list[str]] = {}
        open_: dict[str, None] = {}
        for one in neighbours(claim, knobs):
            if one.place != place or missing_here(one.experiment):
                continue
            if one.experiment.needs_server_process and not servers:
                continue
            if claim.judge_with(claim.instead(one.experiment, place), _observed).holds:
                open_[one.knob] = None
            else:
                false.setdefault(one.knob, []).append(one.value)
        yield experiment.query or "the default experiment"
        yield "  false with " + ("; ".join(f"{knob}={'|'.join(values)}" for knob, values in false.items()) or "none")
        yield "  true whatever " + (", ".join(knob for knob in open_ if knob not in false) or "nothing")


def _observed(experiment: Experiment) -> Observation:
    try:
        return api.observe(experiment)
    except (Busy, ExperimentFailed) as error:
        raise CommandError(str(error)) from error
