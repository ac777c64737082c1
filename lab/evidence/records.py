"""Recorded observations: what each catalogue experiment showed on each Django, committed as JSON."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from lab.evidence.catalogue import CATALOGUE
from lab.experiment import Experiment
from lab.observation import Observation

FOLDER = Path(__file__).resolve().parents[1] / "records"
NAMES = {entry.experiment: entry.name for entry in reversed(CATALOGUE)}  # of two with one experiment the first counts


class Records:
    """The records below `folder`: <Django series>/<name in the catalogue>.json."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def load(self, series: str, name: str) -> Observation | None:
        """The record of that name on that Django ("5.2"), or None."""
        path = self._folder / series / f"{name}.json"
        return Observation.from_json(path.read_bytes()) if path.exists() else None

    def of(self, experiment: Experiment, series: str) -> Observation | None:
        """The record of a catalogue entry with this experiment, or None."""
        name = NAMES.get(experiment)
        return None if name is None else self.load(series, name)

    def all_series(self) -> list[str]:
        """The Django series that there are records of."""
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.exists() else []

    def save(self, series: str, name: str, observation: Observation, today: date) -> Path:
        """Write a record. Times are left out, so that recording again changes nothing when nothing has changed."""
        path = self._folder / series / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        old = self.load(series, name)
        if old is None or comparable(old) != comparable(observation):
            recorded = replace(observation, recorded=today.isoformat())
            path.write_text(_layout(_without_times(recorded.to_dict())), encoding="utf-8", newline="\n")
        return path


def comparable(observation: Observation) -> dict[str, Any]:
    """What must be equal for a record still to hold: all but times, the day, and what others than Django decide.

    Those are the versions themselves, the sizes of compressed files (zlib, Brotli), and tracebacks above their last
    line (Python).
    """
    data = _without_times(observation.to_dict())
    data.pop("recorded", None)
    data["versions"] = None
    for step in data["steps"]:
        if "Traceback (most recent call last)" in step.get("stderr", ""):
            step["stderr"] = step["stderr"].strip().splitlines()[-1]
    for folder in ("static_root", "media_root"):
        data[folder] = [
            {**file, "bytes": None, "sha256": None} if file["path"].endswith((".gz", ".br")) else file
            for file in data[folder]
        ]
    return data


def _without_times(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "steps": [{**step, "ms": 0} for step in data["steps"]]}


def _layout(data: Mapping[str, Any]) -> str:
    """JSON with one line per file and per step field: diffs that a person can read."""
    lines = []
    for key, value in data.items():
        if key in ("static_root", "media_root") and value:
            inner = ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in value)
            text = f"[\n{inner}\n ]"
        else:
            text = json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")
        lines.append(f" {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
