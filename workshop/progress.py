"""What a learner has done, in one small file that the terminal and the browser share."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lab.process.file_lock import FileLock
from mysite.serving.atomic_write import write_whole

FILE = "progress.json"
VERSION = 1
BYTES = 1_000_000
LOCK_SECONDS = 5.0


class ProgressError(ValueError):
    """A text that is no progress. The message says why, on one line."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in one exercise. Times are ISO 8601 in UTC; `hints` is how many were shown, `held` are the
    ids of the claims that held in the last check."""

    started: str | None = None
    checks: int = 0
    checked: str | None = None
    held: tuple[str, ...] = ()
    hints: int = 0
    passed: str | None = None
    solution_shown: bool = False
    skipped: str | None = None


Standings = Mapping[str, Standing]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Progress:
    """The file in `folder`; each change is read, made and written under a lock, so that none is lost.

    Beside it lies what it was before the last change. `damage` is a sentence once a file was found that cannot be
    read; then that older one took its place.

    After each change `tell` gets the exercise's name and all standings; it must neither raise nor take long.
    """

    def __init__(self, folder: Path, tell: Callable[[str, Standings], object] | None = None) -> None:
        self._folder = folder
        self._file = folder / FILE
        self._before = folder / f"{FILE}.before"
        self._tell = tell
        self.damage = ""

    def read(self) -> dict[str, Standing]:
        """Exercise's name -> standing. A file that cannot be read is put aside as progress.json.broken."""
        try:
            return _read(self._file) or {}
        except ProgressError as error:
            return self._rescued(error)

    def _rescued(self, error: ProgressError) -> dict[str, Standing]:
        """Return what the progress was before the last change, and make it the progress again."""
        broken = self._file.with_suffix(".json.broken")
        self._file.replace(broken)
        try:
            older = _read(self._before)
        except ProgressError:
            older = None
        self.damage = f"Your progress could not be read: {error}. The file is kept as {broken}. "
        if older is None:
            self.damage += "There is no older one, so it begins again; an export of yours can be imported."
            return {}
        write_whole(self._file, dumps(older))
        self.damage += "What it was before its last change is back in its place."
        return older

    def of(self, name: str) -> Standing:
        return self.read().get(name, Standing())

    def change(self, name: str, make: Callable[[Standing], Standing]) -> Standing:
        """Replace the exercise's standing by what `make` makes of it. Raises OSError when it cannot be written."""
        with self._locked():
            standings = self.read()
            standing = standings[name] = make(standings.get(name, Standing()))
            self._write(standings)
        if self._tell is not None:
            self._tell(name, standings)
        return standing

    def replace_all(self, standings: Standings) -> None:
        """As after an import. Raises OSError."""
        with self._locked():
            self._write(standings)

    def started(self, name: str) -> Standing:
        return self.change(name, lambda before: replace(before, started=before.started or now(), skipped=None))

    def checked(self, name: str, held: tuple[str, ...], passed: bool) -> Standing:
        """After a check. What was once passed stays so."""

        def make(before: Standing) -> Standing:
            when = before.passed or (now() if passed else None)
            started = before.started or now()
            return replace(before, started=started, checks=before.checks + 1, checked=now(), held=held, passed=when)

        return self.change(name, make)

    def hint_shown(self, name: str, hints: int) -> Standing:
        """One more of so many hints."""
        return self.change(name, lambda before: replace(before, hints=min(before.hints + 1, hints)))

    def skipped(self, name: str) -> Standing:
        """Left for later: it comes back when all others are passed."""
        return self.change(name, lambda before: replace(before, skipped=now()))

    def solution_shown(self, name: str) -> Standing:
        return self.change(name, lambda before: replace(before, solution_shown=True))

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / ".progress.lock")
        lock.acquire(LOCK_SECONDS)
        try:
            yield
        finally:
            lock.release()

    def _write(self, standings: Standings) -> None:
        with contextlib.suppress(FileNotFoundError, ProgressError):
            if (before := _read(self._file)) is not None:
                write_whole(self._before, dumps(before))
        write_whole(self._file, dumps(standings))


def _read(file: Path) -> dict[str, Standing] | None:
    """Return what the file says, or None where there is none. Raises ProgressError."""
    try:
        return loads(file.read_bytes().decode())
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise ProgressError("it is not text") from error


def dumps(standings: Standings) -> str:
    """The text of a progress file, which may be exported."""
    exercises = {name: asdict(standing) for name, standing in sorted(standings.items())}
    return json.dumps({"version": VERSION, "exercises": exercises}, indent=2) + "\n"


def loads(text: str) -> dict[str, Standing]:
    """The inverse of `dumps`, for texts from anywhere. Raises ProgressError."""
    if len(text) > BYTES:
        raise ProgressError("it is too long to be a progress file")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProgressError("it is not JSON") from error
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("exercises"), dict):
        raise ProgressError("it is not a progress file of this workshop")
    return {str(name): _standing(name, values) for name, values in data["exercises"].items()}


_TYPES: dict[str, tuple[type, ...]] = {
    "started": (str, type(None)),
    "checks": (int,),
    "checked": (str, type(None)),
    "held": (list,),
    "hints": (int,),
    "passed": (str, type(None)),
    "solution_shown": (bool,),
    "skipped": (str, type(None)),
}


def _standing(name: str, values: Any) -> Standing:
    known = {field.name for field in fields(Standing)}
    if not isinstance(values, dict) or set(values) - known:
        raise ProgressError(f"what it says of {name} cannot be read")
    for key, value in values.items():
        if not isinstance(value, _TYPES[key]) or (isinstance(value, bool) and bool not in _TYPES[key]):
            raise ProgressError(f"{key} of {name} is not what it should be")
    for key in ("started", "checked", "passed", "skipped"):
        if values.get(key) is not None:
            try:
                datetime.fromisoformat(values[key])
            except ValueError as error:
                raise ProgressError(f"{key} of {name} is no time") from error
    held = tuple(item for item in values.get("held", ()) if isinstance(item, str))
    return Standing(**{**values, "held": held})
