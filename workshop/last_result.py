"""The last result of each exercise, kept on disk: a page shows it again, no matter who asked for the check."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mysite.serving.atomic_write import write_whole
from workshop.progress import now
from workshop.snapshot import snapshot

FOLDER = ".results"
DIGITS = 16


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
        write_whole(self._file(name), json.dumps({"result": data, "checked": now(), "state": state}))

    def forget(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def forget_all(self) -> None:
        for file in self._folder.glob("*.json"):
            file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def state(folder: Path) -> str:
    """DIGITS that change when a file below `folder` does."""
    seen = "\n".join(f"{path} {look}" for path, look in sorted(snapshot(folder, {}).items()))
    return hashlib.sha256(seen.encode(errors="surrogateescape")).hexdigest()[:DIGITS]
