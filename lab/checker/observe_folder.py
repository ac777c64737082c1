"""A plan carried out on a copy of a folder that somebody else has written, inside a child process."""

import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.checker.facts import facts_of
from lab.experiment.plan import Plan
from lab.observation import Observation
from lab.probe.interpreter import Interpreter
from lab.probe.journal import Facts
from lab.probe.observe import WRITTEN, prepare_folders, stored_files
from lab.probe.versions import versions

FILES = 2000
BYTES = 50 * 1024 * 1024
SHOWN_BYTES = 100_000  # larger files, and those that are not text, are not shown
PASSED_OVER = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__", ".idea", ".vscode", ".pytest_cache"})
DAY = 24 * 60 * 60
COLLECTED = "staticfiles"


class FolderRefused(Exception):
    """The folder cannot be copied: it is too large, not there or not readable. The message says so in a sentence."""


@dataclass(frozen=True, slots=True)
class FolderResult:
    """What a plan did: an observation, whose `experiment` is empty, with a label for each of its steps; the facts by
    label; and a sentence about what went wrong, or ""."""

    observation: Observation
    labels: tuple[str, ...]
    facts: Mapping[str, Facts]
    trouble: str


def observe_folder(source: Path, plan: Plan, folder: Path) -> FolderResult:
    """Carry out the plan on a copy of `source` in `folder`, which must not be there yet.

    Nothing that the project does raises an exception here.
    """
    project, own = folder / "project", folder / "own"
    prepare_folders(project, own)
    interpreter = Interpreter(project, own, ours=False)
    journal, files = interpreter.journal, dict[str, str]()
    try:
        files = copy(source, project)
        interpreter.carry_out(plan)
        journal = interpreter.journal
    except FolderRefused as refused:
        journal.stop(str(refused))
    observation = Observation(
        experiment={},
        versions=versions(),
        files=files,
        steps=tuple(journal.steps),
        static_root=tuple(stored_files(project / COLLECTED)),
        media_root=tuple(stored_files(project / "uploads")),
        refused=journal.refused,
    )
    return FolderResult(observation, tuple(journal.labels), facts_of(journal), journal.trouble)


def copy(source: Path, project: Path) -> dict[str, str]:
    """Copy the folder, and return the text of the files that can be shown, by path. Raises FolderRefused."""
    if not source.is_dir():
        raise FolderRefused("The folder is not there.")
    shown: dict[str, str] = {}
    sizes: dict[str, int] = {}
    total = 0
    for place, folders, names in os.walk(source):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        for name in sorted([*names, *(name for name in folders if Path(place, name).is_symlink())]):
            path = _followed(Path(place, name), source)
            status = None if path is None else _status(path)
            if path is None or status is None or not stat.S_ISREG(status.st_mode):
                continue  # gone since it was listed, or no file
            relative = Path(place, name).relative_to(source).as_posix()
            sizes[relative] = status.st_size
            total += status.st_size
            if len(sizes) > FILES or total > BYTES:
                raise FolderRefused(_too_much(sizes))
            target = project / relative
            if _copied(path, target, relative):
                shown |= _text(relative, target)
    if not (project / "manage.py").is_file():
        raise FolderRefused("manage.py is not there. Bring it back, or reset the exercise.")
    return shown


def _followed(path: Path, source: Path) -> Path | None:
    """Return the file itself where `path` is a link; None for a link to nothing. Raises FolderRefused."""
    if not path.is_symlink():
        return path
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # nothing there, or a circle
        return None
    if target.is_file() and target.is_relative_to(source.resolve()):
        return target
    if path.relative_to(source).parts[0] == COLLECTED:
        return None  # `collectstatic --link` was tried: the check collects again
    raise FolderRefused(
        f"{path.relative_to(source).as_posix()} is a link that leads out of the folder or to a folder, and the check "
        "does not follow those. Put what it leads to in its place."
    )


def _too_much(sizes: Mapping[str, int]) -> str:
    """Return the sentence about a folder that is too large, with what takes the most room in it."""
    largest = max(sizes, key=lambda name: sizes[name])
    return (
        f"The folder holds more than {FILES} files or {BYTES // 1024**2} MB. The largest is {largest}, with "
        f"{sizes[largest] // 1024} kB. Move what does not belong to the exercise elsewhere."
    )


def _copied(path: Path, target: Path, relative: str) -> bool:
    """Copy a file and give it its old date; return False when it is gone. Raises FolderRefused."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, target)
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise FolderRefused(f"{relative} may not be read: {error.strerror}.") from error
    written = WRITTEN + (DAY if relative.startswith(f"{COLLECTED}/") else 0)
    os.utime(target, (written, written))
    return True


def _text(relative: str, path: Path) -> dict[str, str]:
    if path.stat().st_size > SHOWN_BYTES or relative.startswith(f"{COLLECTED}/"):
        return {}
    content = path.read_bytes()
    return {} if b"\0" in content else {relative: content.decode("utf-8", "replace")}


def _status(path: Path) -> os.stat_result | None:
    """Return the status of the file itself, not of what it links to; None when it is gone."""
    try:
        return path.lstat()
    except OSError:
        return None
