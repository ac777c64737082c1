"""How long a check of each exercise takes, solved: `python -m tests.benchmarks.checks [rounds]`.

Prints a table in Markdown; docs/benchmarks.md holds the last one. Measured is what the terminal's `watch` and the
page's button wait for, with the fork server running. In the same run: the same command line in a process of its
own, once for each exercise, which starts Django and the fork server as well.
"""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.sites import ROOT

TYPICAL, WORST = 2.0, 5.0  # seconds
ROUNDS = 5


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings.dev"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKSHOP_DIR"] = folder
        django.setup()
        measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)


def measure(folder: Path, rounds: int) -> None:
    from lab.engine import api
    from workshop.checking import check
    from workshop.exercise import applied, exercises

    print(f"Django {django.get_version()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| exercise | check, median | slowest | the command, whole |\n|---|---|---|---|")
    medians, slowest = [], []
    for exercise in exercises():
        target = folder / exercise.name
        shutil.copytree(exercise.start, target)
        applied(exercise.solution(), target)
        check(exercise, target)  # the first one starts the fork server
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            assert check(exercise, target).passed, exercise.name
            times.append(time.perf_counter() - began)
        began = time.perf_counter()
        command = [sys.executable, "manage.py", "workshop", "check", str(exercise.number)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        whole = time.perf_counter() - began
        medians.append(statistics.median(times))
        slowest.append(max(times))
        print(f"| {exercise.number} {exercise.title} | {medians[-1]:.2f} s | {slowest[-1]:.2f} s | {whole:.2f} s |")
    typical = statistics.median(medians)
    print(f"| typical; bar <= {TYPICAL:.0f} s, worst <= {WORST:.0f} s | {typical:.2f} s | {max(slowest):.2f} s | |")
    api.runner().close()


if __name__ == "__main__":
    main()
