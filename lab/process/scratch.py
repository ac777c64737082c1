"""Temporary folders for experiments. No other user can enter them, and none is left behind by a dead process."""

import contextlib
import os
import secrets
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from lab.process.file_lock import FileLock

LOCK = "lock"
MEMORY = "/dev/shm"  # noqa: S108 - checked before use
SHORT = "/tmp"  # noqa: S108 - a folder of ours in it is checked before use
LONGEST = 55  # characters: with what is added, a Unix socket's address must stay below 104
MEMORY_BYTES = 128 * 1024 * 1024


def private_folder(parent: str) -> Path:
    """Return a folder below `parent`, which this user owns and with mode 0700, for all sites of this user.

    Raises OSError when it cannot be made, or when another user has made it.
    """
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    folder = Path(parent, f"static-media-lab-{user}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid"):
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise PermissionError(f"{folder} is not a folder of this user alone")
    return folder


def lock_folder() -> Path:
    """Return the folder in which the processes of all sites of this user share locks. Raises as private_folder."""
    return private_folder(tempfile.gettempdir())


def work_folder() -> Path:
    """Return the folder in which workspaces are made. Raises as private_folder."""
    return private_folder(_quickest())


def _quickest() -> str:
    """Return a folder in memory where Linux offers enough (an experiment writes up to 10 MB), else the usual one."""
    if sys.platform == "linux" and "TMPDIR" not in os.environ:
        with contextlib.suppress(OSError):
            space = os.statvfs(MEMORY)
            if os.access(MEMORY, os.W_OK | os.X_OK) and space.f_bavail * space.f_frsize >= MEMORY_BYTES:
                return MEMORY
    usual = tempfile.gettempdir()
    return SHORT if len(usual) > LONGEST and hasattr(os, "getuid") else usual


class Workspace:
    """One process's folder. A process that finds it unlocked may delete it, because its owner is dead.

    Making one deletes those of dead owners. Raises OSError when there is no place for it.
    """

    def __init__(self, base: Path | None = None) -> None:
        if base is None:
            base = work_folder()
            for parent in {MEMORY, tempfile.gettempdir(), SHORT}:
                if Path(parent).is_dir():
                    with contextlib.suppress(OSError):
                        sweep(private_folder(parent))
        name = secrets.token_hex(4)
        self.path = base / f"run-{name}"
        # Only when it is renamed can a sweep see it, and by then it is locked. Windows cannot rename what is open.
        new = self.path if sys.platform == "win32" else base / f"new-{name}"
        new.mkdir(mode=0o700)
        self._lock = FileLock(new / LOCK)
        self._lock.try_acquire()
        if new != self.path:
            new.rename(self.path)

    def forget(self) -> None:
        """Close the lock in a forked child: the lock must not outlive its owner."""
        self._lock.release()

    def remove(self) -> None:
        self._lock.release()  # first: Windows cannot delete what is open
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(base: Path) -> None:
    """Delete the folders of dead owners."""
    for folder in base.glob("run-*"):
        with contextlib.suppress(OSError):
            lock = FileLock(folder / LOCK)
            if lock.try_acquire():
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()
