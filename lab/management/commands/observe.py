"""`manage.py observe`: run an experiment on real Django and show what happened."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lab.engine import api
from lab.evidence.catalogue import BY_NAME, CATALOGUE
from lab.evidence.claims import CLAIMS
from lab.evidence.records import Records
from lab.experiment import KNOBS, Experiment, KnobError
from lab.observation import CommandStep, Observation, RequestStep
from lab.probe.serving import missing_here
from lab.probe.versions import django_series
from lab.process.limiter import Busy
from lab.process.runner import ExperimentFailed


class Command(BaseCommand):
    help = "Run an experiment on real Django and show what it did. Without arguments: the default experiment."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="an experiment of the catalogue (see --list)")
        parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob (repeatable)")
        parser.add_argument("--json", action="store_true", help="print the observation as JSON and nothing else")
        parser.add_argument("--list", action="store_true", help="list the knobs and the named experiments")
        parser.add_argument("--claims", action="store_true", help="check every claim of this site and print a table")
        parser.add_argument(
            "--record", action="store_true", help="rewrite the records of this Django (of all names, or NAME)"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        elif options["claims"]:
            self._claims()
        elif options["record"]:
            self._record(options["name"])
        else:
            self._observe(_experiment(options["name"], options["set"]), as_json=options["json"])

    def _list(self) -> None:
        for name, knob in KNOBS.items():
            self.stdout.write(f"{name:16} {' · '.join(knob.by_name)}")
        self.stdout.write("")
        for entry in CATALOGUE:
            self.stdout.write(f"{entry.name:26} {entry.title}")

    def _claims(self) -> None:
        """Print every claim. Raises CommandError, which exits with 1, when a claim is false."""
        judgements = [claim.judge(_observed) for claim in CLAIMS]
        for judgement in judgements:
            claim = judgement.claim
            self.stdout.write(f"{'holds' if judgement.holds else 'FALSE':6} {claim.name:40} {claim.sentence}")
        false = [judgement for judgement in judgements if not judgement.holds]
        self.stdout.write(
            f"{len(judgements) - len(false)} of {len(judgements)} claims hold on Django {django_series()}."
        )
        if false:
            raise CommandError("; ".join(f"{judgement.claim.name}: {judgement.claim.hint}" for judgement in false))

    def _record(self, name: str | None) -> None:
        records = Records()
        for entry in [_entry(name)] if name else CATALOGUE:
            missing = missing_here(entry.experiment)
            if missing:
                self.stderr.write(f"{entry.name}: not recorded, {missing} is not installed")
                continue
            path = records.save(django_series(), entry.name, _observed(entry.experiment), date.today())
            self.stdout.write(f"{entry.name}: {path.name}")
        records.tidy(django_series())

    def _observe(self, experiment: Experiment, *, as_json: bool) -> None:
        observation = _observed(experiment)
        self.stdout.write(observation.to_json(indent=1) if as_json else in_words(observation))


def _entry(name: str) -> Any:
    if name not in BY_NAME:
        raise CommandError(f"There is no experiment {name!r}; `manage.py observe --list` names them.", returncode=2)
    return BY_NAME[name]


def _experiment(name: str | None, settings: list[str]) -> Experiment:
    """Return the named experiment (or the default one) with the --set options on top."""
    pairs = [(knob, value) for knob, _, value in (setting.partition("=") for setting in settings)]
    try:
        turned = Experiment.from_pairs(pairs)
        if name is None:
            return turned
        return Experiment.from_mapping({**_entry(name).experiment.changed, **dict(pairs)})
    except KnobError as error:
        raise CommandError(str(error), returncode=2) from error


def _observed(experiment: Experiment) -> Observation:
    try:
        return api.observe(experiment)
    except (Busy, ExperimentFailed) as error:
        raise CommandError(str(error)) from error


def in_words(observation: Observation) -> str:
    """Return an observation as text for a terminal."""
    turned = Experiment.from_mapping(dict(observation.experiment)).changed
    versions = observation.versions
    lines = [
        "Experiment: " + (" ".join(f"{name}={value}" for name, value in turned.items()) or "default"),
        f"Django {versions.django} on Python {versions.python}"
        + (f", recorded on {observation.recorded}" if observation.recorded else ""),
        "",
    ]
    for step in observation.steps:
        lines += _command(step) if isinstance(step, CommandStep) else _request(step)
    if observation.refused:
        lines += [f"Refused: {observation.refused.type}", *_indented(observation.refused.message), ""]
    for title, files in (("STATIC_ROOT", observation.static_root), ("MEDIA_ROOT", observation.media_root)):
        shown = [file for file in files if not file.path.startswith("admin/")]
        lines.append(
            f"{title}: {len(files)} files" + (", those of the admin not shown" if len(shown) < len(files) else "")
        )
        lines += [f"    {file.path}  {file.bytes} bytes" for file in shown]
    return "\n".join(lines)


def _command(step: CommandStep) -> list[str]:
    printed = (step.stdout + step.stderr).strip()
    return ["$ " + " ".join(step.argv), *_indented(printed), f"    exit {step.exit}", ""]


def _request(step: RequestStep) -> list[str]:
    lines = [f"{step.method} {step.url}  ({step.label})"]
    if step.status is None:
        return [*lines, "    not requested: another host", ""]
    lines.append(f"    {step.status} {step.headers.get('content-type', '')}, answered by {step.answered_by}")
    if step.source:
        lines.append(f"    its source is {step.source}")
    if step.error:
        lines.append(f"    {step.error.type}: {step.error.message}")
    if step.trace:
        lines.append("    path: " + " > ".join(hop.component for hop in step.trace))
    return [*lines, ""]


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
