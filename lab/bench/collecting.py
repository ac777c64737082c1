"""How long collectstatic takes, for more and more files and each storage class."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from lab.experiment import Experiment
from lab.probe.observe import write_project
from lab.process.runner import child_environment
from lab.project.files import project_files

COUNTS = (100, 1_000, 10_000)
STORAGES = {
    "plain": "StaticFilesStorage",
    "manifest": "ManifestStaticFilesStorage",
    "whitenoise": "CompressedStaticFilesStorage",
    "whitenoise-manifest": "CompressedManifestStaticFilesStorage",
}
GROWTH = 10  # from one count to the next


@dataclass(frozen=True, slots=True)
class Collected:
    """The seconds that one collectstatic took; None where it would not have fitted into the time that was left."""

    storage: str
    files: int
    seconds: float | None


def collect(seconds: float, counts: tuple[int, ...] = COUNTS) -> tuple[Collected, ...]:
    """Collect that many files of your own with each storage, beside the admin's, in about that many seconds in all."""
    end = time.monotonic() + seconds
    found: list[Collected] = []
    last: dict[str, float] = {}
    for count in counts:
        for storage, name in STORAGES.items():
            expected = last.get(storage, 0) * GROWTH
            if time.monotonic() + expected > end:
                found.append(Collected(name, count, None))
                last[storage] = expected or seconds
                continue
            last[storage] = _once(storage, count)
            found.append(Collected(name, count, round(last[storage], 2)))
    return tuple(found)


def _once(storage: str, count: int) -> float:
    experiment = Experiment.from_mapping({"storage": storage, "project_static": "plain", "debug": "off"})
    with tempfile.TemporaryDirectory() as folder:
        write_project(project_files(experiment), Path(folder))
        many = Path(folder, "static", "many")
        many.mkdir(parents=True)
        for number in range(count):
            rules = "".join(f".part-{number}-{line} {{\n    margin: {line}px;\n}}\n" for line in range(10))
            (many / f"{number}.css").write_text(rules, encoding="utf-8")
        begun = time.perf_counter()
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=folder, env=child_environment(), check=True, capture_output=True)
        return time.perf_counter() - begun
