"""`manage.py bench`: measure on this machine what serves static files how fast, and what collectstatic costs."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from lab.bench import bench
from lab.bench.setups import setups
from lab.bench.views import kept

LEAST, MOST = 3, 600


def seconds(text: str) -> float:
    """Return the number of seconds. Raises ArgumentTypeError outside of LEAST to MOST."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not LEAST <= value <= MOST:
        raise ArgumentTypeError(f"a number from {LEAST} to {MOST}, not {text!r}")
    return value


class Command(BaseCommand):
    help = "Measure what serves static files how fast on this machine, and how long collectstatic takes."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=seconds, default=bench.SECONDS, help=f"about how long ({bench.SECONDS})")
        names = [setup.name for setup in setups()]
        parser.add_argument("--only", action="append", choices=names, default=[], help="this server alone (repeatable)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON and nothing else")

    def handle(self, *_: Any, **options: Any) -> None:
        say = (lambda _: None) if options["json"] else (lambda title: self.stderr.write(f"… {title}"))
        found = bench.run(options["seconds"], tuple(options["only"]), say=say)
        bench.save(found, kept())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), indent=1))
            return
        self.stdout.write(f"{found.machine}\n\nA stylesheet, one client:")
        for one in found.served:
            sizes = ", ".join(f"{name} {size} bytes" for name, size in one.sizes.items())
            self.stdout.write(f"  {one.title:45} {one.per_second:8,.0f} a second  {one.milliseconds:6.2f} ms  {sizes}")
        self.stdout.write("\ncollectstatic, so many small stylesheets and the admin's files:")
        for line in found.collected:
            took = "left out: no time" if line.seconds is None else f"{line.seconds:8.2f} s"
            self.stdout.write(f"  {line.storage:40} {line.files:7,} {took}")
        for reason in found.left_out:
            self.stdout.write(f"Left out: {reason}")
        self.stdout.write("\nThe page /benchmarks/ draws it.")
