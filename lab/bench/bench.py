"""The whole measurement, and the file that keeps the last one."""

import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import django

from lab.bench.collecting import COUNTS, Collected, collect
from lab.bench.serving import BenchFailed, Served, serve
from lab.bench.setups import setups
from mysite.serving.atomic_write import write_whole

SECONDS = 30
FOR_SERVERS = 0.3  # of the seconds; collectstatic gets the rest
SAMPLE = Path(__file__).with_name("sample.json")


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured, where, and what could not be."""

    machine: str
    day: str
    served: tuple[Served, ...]
    collected: tuple[Collected, ...]
    left_out: tuple[str, ...]

    @property
    def most(self) -> float:
        """Return the answers a second of the fastest, for bars."""
        return max((one.per_second for one in self.served), default=1)

    @property
    def longest(self) -> float:
        """Return the seconds of the slowest collectstatic, for bars."""
        return max((one.seconds for one in self.collected if one.seconds), default=1)

    def times(self, one: str, other: str) -> float | None:
        """Return how many times as fast one set-up was as the other, None when one of them was not measured."""
        rates = {served.name: served.per_second for served in self.served}
        return round(rates[one] / rates[other], 1) if one in rates and rates.get(other) else None


def run(
    seconds: float = SECONDS,
    names: tuple[str, ...] = (),
    counts: tuple[int, ...] = COUNTS,
    say: Callable[[str], object] = lambda _: None,
) -> Bench:
    """Measure for about that long; `names` chooses set-ups, all of them when empty. Nothing is raised for a set-up."""
    chosen = [setup for setup in setups() if not names or setup.name in names]
    share = seconds * FOR_SERVERS / max(1, len(chosen))
    served, left_out = [], []
    for setup in chosen:
        say(setup.title)
        try:
            if setup.missing:
                raise BenchFailed(f"{setup.missing} is not installed")
            served.append(serve(setup, share))
        except BenchFailed as error:
            left_out.append(f"{setup.title}: {error}")
    say("collectstatic")
    collected = collect(seconds * (1 - FOR_SERVERS), counts)
    machine = (
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, Django {django.__version__}"
    )
    return Bench(machine, date.today().isoformat(), tuple(served), collected, tuple(left_out))


def save(bench: Bench, path: Path) -> None:
    """Keep it for the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(bench), indent=1) + "\n")


def load(path: Path) -> Bench | None:
    """Return the measurement that was kept there, None when there is none that can be read."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Bench(
            data["machine"],
            data["day"],
            tuple(Served(**one) for one in data["served"]),
            tuple(Collected(**one) for one in data["collected"]),
            tuple(data["left_out"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
