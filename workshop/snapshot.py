"""What a folder's files look like from outside, to notice that one was saved: asked again and again, because file
events reach neither WSL's mounts nor network folders."""

import os
import time
import zlib
from collections.abc import Mapping
from pathlib import Path

from lab.checker.observe_folder import FILES, PASSED_OVER

RECENT_SECONDS = 4.0  # a clock of a file system may be as coarse as two
READ_BYTES = 200_000
MADE = ("db.sqlite3", "db.sqlite3-journal", "db.sqlite3-wal", "db.sqlite3-shm")
EDITORS = ("~", ".swp", ".swx", ".swo", ".tmp", "___jb_tmp___", "___jb_old___")  # how their own files end

Look = tuple[int, int, int]  # modification time in nanoseconds, size in bytes, checksum of what changed recently
Snapshot = Mapping[str, Look]


def snapshot(folder: Path, before: Snapshot) -> dict[str, Look]:
    """Path -> look. `before` is the last snapshot, which spares reading files again. Nothing that happens to the
    folder meanwhile makes it raise."""
    found: dict[str, Look] = {}
    waiting, now = [str(folder)], time.time()
    while waiting and len(found) <= FILES:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in PASSED_OVER:
                            waiting.append(entry.path)
                    elif not _passed_over(entry.name):
                        found[entry.path] = _look(entry, before.get(entry.path), now)
        except OSError:
            continue  # it went while we looked
    return found


def _passed_over(name: str) -> bool:
    return name in MADE or name == "4913" or name.startswith((".#", "#")) or name.endswith(EDITORS)


def _look(entry: "os.DirEntry[str]", before: Look | None, now: float) -> Look:
    """A second save within the clock's tick and with the same size shows in the checksum alone."""
    status = entry.stat(follow_symlinks=False)
    same = before is not None and before[:2] == (status.st_mtime_ns, status.st_size)
    recent = abs(now - status.st_mtime) < RECENT_SECONDS
    if before is not None and same and not recent:
        return before
    checksum = 0
    if status.st_size <= READ_BYTES and entry.is_file(follow_symlinks=False):
        with open(entry.path, "rb") as file:  # noqa: PTH123 - a string, a few hundred times a second
            checksum = zlib.crc32(file.read())
    return status.st_mtime_ns, status.st_size, checksum
