"""How long any combination of knobs takes: `python -m tests.benchmarks.combinations [count] [seed]`.

Prints rows in Markdown. Every experiment runs right after a `manage.py check` of a bare project, what `startproject`
writes: the ratios compare the two, because the machine's speed changes from one minute to the next.
"""

import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from functools import partial

import django

from lab.experiment import KNOBS, Experiment
from lab.experiment.variations import BY_NAME as VARIATIONS
from lab.probe.serving import missing_here
from lab.process.runner import ForkServerRunner
from tests.benchmarks.table import Table, milliseconds, p95

COUNT, SEED = 60, 9
MEDIAN, P95 = 1.6, 3.2  # times a check of a bare project
# What keeps collectstatic busy, and nothing that makes Django refuse the project or the command end early.
LONGEST = {
    "storage": ("manifest", "whitenoise", "whitenoise-manifest"),
    "collect": ("yes", "stale"),
    "project_static": ("none", "plain", "prefixed"),
    "default_storage": ("present",),
    "finders": ("dirs,apps", "apps,dirs", "apps"),
    "css": ("good", "commented-url"),
}


def combinations(table: Table, runner: ForkServerRunner, count: int = COUNT, seed: int = SEED) -> None:
    """Random positions of all knobs but `variation`; the same for the storages that do most; each variation."""
    varied = [Experiment(**variation.needs, variation=variation.name) for variation in VARIATIONS.values()]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "django", "startproject", "bare", folder], check=True)
        check(folder)
        for what, experiments in (
            (f"{count} random combinations", _random(count, seed)),
            (f"{count} that collect with a manifest or WhiteNoise", _random(count, seed, **LONGEST)),
            (f"{len(varied)} variations", [experiment for experiment in varied if not missing_here(experiment)]),
        ):
            checks, runs = [], []
            for experiment in experiments:
                checks.append(milliseconds(partial(check, folder)))
                runs.append((milliseconds(partial(runner.run, experiment)), experiment.query))
            times, bare = sorted(took for took, _ in runs), statistics.median(checks)
            for name, took, bar in (
                ("median", statistics.median(times), f"<= {MEDIAN}"),
                ("p95", p95(times), f"<= {P95}"),
                ("second slowest", times[-2], ""),
                (f"slowest, {max(runs)[1]}", times[-1], ""),
            ):
                table.row(f"{what}: {name}", f"{took:.0f} ms, {bare:.0f} ms", f"{took / bare:.2f}", bar)


def check(folder: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _random(count: int, seed: int, **only: tuple[str, ...]) -> list[Experiment]:
    """`count` experiments that this machine can run; `only` says which values some knobs may have."""
    chance = random.Random(seed)
    found: list[Experiment] = []
    while len(found) < count:
        knobs = {
            name: chance.choice(only.get(name, list(knob.by_name)))
            for name, knob in KNOBS.items()
            if name != "variation"
        }
        if not missing_here(Experiment(**knobs)):
            found.append(Experiment(**knobs))
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    print(f"Django {django.get_version()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    runner = ForkServerRunner()
    runner.run(Experiment())
    combinations(Table(), runner, count, seed)
    runner.close()


if __name__ == "__main__":
    main()
