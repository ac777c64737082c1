"""The learner's folder: my_workshop/NN_name/ for each exercise begun, backups, and the progress file."""

import difflib
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings

from lab.checker.observe_folder import COLLECTED, PASSED_OVER
from lab.checker.trial import Perform
from workshop.checking import Result, check
from workshop.exercise import Exercise, Fix
from workshop.joining import Messenger
from workshop.last_result import LastResults, state
from workshop.picture import Picture
from workshop.progress import Progress, Standings, dumps

BACKUPS = "backups"
START = ".start"  # behind an exercise's name: what was seen of its start
DIFF_BYTES = 200_000
MADE = (COLLECTED, "uploads", "db.sqlite3")  # what running a project makes: no change of the learner's


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs; `lines` are those of a unified diff, without its two head lines."""

    path: str
    kind: str  # "changed", "added" or "deleted"
    lines: tuple[str, ...]


class MyWorkshop:
    """Everything is below `folder`, which need not be there yet. The methods raise OSError when a disk is full or a
    folder may not be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def progress(self) -> Progress:
        return Progress(self.folder, self.messenger.tell)

    @cached_property
    def messenger(self) -> Messenger:
        """Tells the board of a class, if one was joined."""
        return Messenger(self.folder)

    @cached_property
    def results(self) -> LastResults:
        return LastResults(self.folder)

    def place(self, exercise: Exercise) -> Path:
        return self.folder / exercise.name

    def begun(self, exercise: Exercise) -> bool:
        return self.place(exercise).is_dir()

    def start(self, exercise: Exercise) -> bool:
        """Copy start/ to the learner's folder; False when it has been there already, and is left as it is."""
        new = not self.begun(exercise)
        if new:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = self.folder / f".new-{exercise.name}"
            shutil.rmtree(half, ignore_errors=True)
            try:
                shutil.copytree(exercise.start, half, ignore=shutil.ignore_patterns("__pycache__"))
                half.rename(self.place(exercise))
            except OSError:
                shutil.rmtree(half, ignore_errors=True)
                raise
            self.results.forget(exercise.name)  # of a folder that was there before
        self.progress.started(exercise.name)
        return new

    def reset(self, exercise: Exercise) -> Path | None:
        """As it was at the start; what was there is moved to the backup that is returned."""
        backup = None
        if self.begun(exercise):
            backup = self._backup(exercise.name)
            self.place(exercise).rename(backup)
            self.results.forget(exercise.name)
        self.start(exercise)
        return backup

    def replace_progress(self, standings: Standings) -> Path | None:
        """As after an import; what the progress was is written to the backup that is returned, unless it was empty."""
        before = self.progress.read()
        backup = None
        if before:
            backup = self._backup("progress", ".json")
            backup.write_text(dumps(before), encoding="utf-8")
        self.progress.replace_all(standings)
        return backup

    def forget(self) -> Path | None:
        """Forget the progress and every result; return the progress's backup, or None where there was none."""
        backup = self.replace_progress({})
        self.results.forget_all()
        return backup

    def _backup(self, name: str, suffix: str = "") -> Path:
        """A path that is free, in a folder that is there."""
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        backup = self.folder / BACKUPS / f"{name}-{stamp}{suffix}"
        number = 1
        while backup.exists():
            number += 1
            backup = backup.with_name(f"{name}-{stamp}-{number}{suffix}")
        backup.parent.mkdir(parents=True, exist_ok=True)
        return backup

    def check(self, exercise: Exercise, perform: Perform | None = None) -> Result:
        """Check the learner's folder and keep what came of it."""
        before = state(self.place(exercise))
        held = self.progress.of(exercise.name).held
        result = check(exercise, self.place(exercise), perform, held)
        if self.begun(exercise):
            now = tuple(claim.claim.id for claim in result.claims if claim.holds)
            self.progress.checked(exercise.name, now, result.passed)
            self.results.keep(exercise.name, {**result.to_dict(), "picture": as_dict(result.picture)}, before)
        return result

    def look_at_start(self, exercise: Exercise, perform: Perform | None = None) -> None:
        """Keep the page as it is before anything was changed."""
        picture = check(exercise, exercise.start, perform).picture
        self.results.keep(f"{exercise.name}{START}", {"picture": as_dict(picture)}, "")

    def picture(self, exercise: Exercise, which: str) -> Picture | None:
        """Return the page of the last check ("now"), or of the start; None where neither was seen."""
        kept = self.results.of(exercise.name if which == "now" else f"{exercise.name}{START}")
        try:
            return Picture.from_dict(kept.data["picture"]) if kept is not None else None
        except (KeyError, TypeError, ValueError):
            return None

    def changes(self, exercise: Exercise) -> list[Change]:
        """What the learner has changed in start/, without what running the project makes."""
        start = exercise.start_files()
        mine = self._mine(exercise)
        return [
            _change(path, start.get(path), mine.get(path))
            for path in sorted({*start, *mine})
            if start.get(path) != mine.get(path) and not (path not in start and path.startswith(MADE))
        ]

    def _mine(self, exercise: Exercise) -> dict[str, bytes]:
        place = self.place(exercise)
        found = {}
        for path in sorted(place.rglob("*")):
            relative = path.relative_to(place)
            small = path.is_file() and not path.is_symlink() and path.stat().st_size <= DIFF_BYTES
            if small and not PASSED_OVER.intersection(relative.parts):
                found[relative.as_posix()] = path.read_bytes()
        return found


def as_dict(picture: Picture | None) -> dict[str, object] | None:
    return None if picture is None else asdict(picture)


def my_workshop() -> MyWorkshop:
    """That of this site: WORKSHOP_DIR, or my_workshop/ beside manage.py."""
    return MyWorkshop(Path(getattr(settings, "WORKSHOP_DIR", Path(settings.BASE_DIR, "my_workshop"))))


def changes_of(fix: Fix, exercise: Exercise) -> list[Change]:
    """What a fix changes in start/."""
    start = exercise.start_files()
    return [_change(path, start.get(path), content) for path, content in sorted(fix.changes.items())]


def moved(changes: Sequence[Change]) -> dict[str, str]:
    """Old path -> new path of the files that only went elsewhere."""
    contents = {
        change.path: (change.kind, tuple(line[1:] for line in change.lines if line[:1] in "+-")) for change in changes
    }
    return {
        old: new
        for old, (old_kind, old_lines) in contents.items()
        for new, (new_kind, new_lines) in contents.items()
        if (old_kind, new_kind) == ("deleted", "added") and old_lines and old_lines == new_lines
    }


def _change(path: str, before: bytes | None, after: bytes | None) -> Change:
    kind = "added" if before is None else "deleted" if after is None else "changed"
    contents = [b"" if content is None else content for content in (before, after)]
    if any(b"\0" in content for content in contents):
        return Change(path, kind, ("(not text)",))
    old, new = (content.decode("utf-8", "replace").splitlines() for content in contents)
    return Change(path, kind, tuple(difflib.unified_diff(old, new, lineterm="", n=2))[2:])
