"""Recorded observations: what each catalogue experiment showed on each Django, committed as JSON."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from lab.evidence import record_file
from lab.evidence.catalogue import CATALOGUE
from lab.evidence.record_file import Shared
from lab.experiment import Experiment, KnobError
from lab.observation import Observation

FOLDER = Path(__file__).resolve().parents[1] / "records"
NAMES = {entry.experiment: entry.name for entry in reversed(CATALOGUE)}  # of two with one experiment the first counts
SHARED = "shared"


class Records:
    """The records in `folder`: <Django series>/<name in the catalogue>.json; <series>/shared/ has what they share."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def load(self, series: str, name: str) -> Observation | None:
        """Return the record of that name on that Django ("5.2"), or None."""
        try:
            text = self._path(series, name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return record_file.read(text, self._shared(series))

    def of(self, experiment: Experiment, series: str) -> Observation | None:
        """Return the record of the catalogue entry with this experiment, or None."""
        name = NAMES.get(experiment)
        return None if name is None else self.load(series, name)

    def all_series(self) -> list[str]:
        """Return the Django series that there are records of."""
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.exists() else []

    def save(self, series: str, name: str, observation: Observation, today: date) -> Path:
        """Write a record and return its path. A record that still holds is left as it is, with its day."""
        path = self._path(series, name)
        try:
            old = self.load(series, name)
        except KnobError:  # of an experiment that does not exist any more
            old = None
        if old is None or comparable(old) != comparable(observation):
            recorded = replace(observation, recorded=today.isoformat())
            text = record_file.write(recorded, self._shared(series))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def tidy(self, series: str) -> None:
        """Delete the shared values of that Django that no record uses any more."""
        texts = (path.read_text(encoding="utf-8") for path in (self._folder / series).glob("*.json"))
        self._shared(series).keep(name for text in texts for name in record_file.names(text))

    def _path(self, series: str, name: str) -> Path:
        return self._folder / series / f"{name}.json"

    def _shared(self, series: str) -> Shared:
        return Shared(self._folder / series / SHARED)


def comparable(observation: Observation) -> dict[str, Any]:
    """Return what must be equal for a record still to hold.

    Left out are what the experiment decides (the knobs, the project's files), the times, the day, and what others than
    Django decide: the versions, the sizes of compressed files (zlib, Brotli), and tracebacks above their last line
    (Python).
    """
    data = observation.to_dict()
    kept: dict[str, Any] = {"refused": data["refused"], "steps": [{**step, "ms": 0} for step in data["steps"]]}
    for step in kept["steps"]:
        if "Traceback (most recent call last)" in step.get("stderr", ""):
            step["stderr"] = step["stderr"].strip().splitlines()[-1]
    for folder in ("static_root", "media_root"):
        kept[folder] = [
            {**file, "bytes": None, "sha256": None} if file["path"].endswith((".gz", ".br")) else file
            for file in data[folder]
        ]
    return kept
