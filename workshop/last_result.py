"""The last result of each exercise, kept on disk: a page shows it again, whoever asked for the check."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lab.folder import FILES, PASSED_OVER
from workshop.progress import now

FOLDER = ".results"
DIGITS = 16
DATABASE = "db.sqlite3"  # any request may change it; no result depends on when


@dataclass(frozen=True, slots=True)
class LastResult:
    """`data` is Result.to_dict(), `state` the folder's when the check began."""

    data: Mapping[str, Any]
    checked: datetime
    state: str


class LastResults:
    """Those below the learner's `folder`. OSError when one cannot be written; one that cannot be read is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def of(self, name: str) -> LastResult | None:
        try:
            kept = json.loads(self._file(name).read_text(encoding="utf-8"))
            return LastResult(kept["result"], datetime.fromisoformat(kept["checked"]), kept["state"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, name: str, data: Mapping[str, Any], state: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor, half = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"result": data, "checked": now(), "state": state}, file)
        Path(half).replace(self._file(name))

    def forget(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def state(folder: Path) -> str:
    """DIGITS that change when a file below `folder` does; quick, because no file is read."""
    digest = hashlib.sha256()
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        for name in sorted(names):
            if name.startswith(DATABASE):
                continue
            seen += 1
            if seen > FILES:  # a check refuses such a folder
                return digest.hexdigest()[:DIGITS]
            try:
                found = os.lstat(os.path.join(place, name))  # noqa: PTH118 - a Path for each file costs as much
            except OSError:
                continue  # it went away meanwhile, as an editor's temporary files do
            digest.update(f"{place}\0{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:DIGITS]
