"""Where experiments run: temporary folders that no other user can enter and that no dead process leaves behind."""

import contextlib
import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from lab.locks import FileLock

LOCK = "lock"


def base_folder() -> Path:
    """The folder, mode 0700 and this user's own, for all sites of this user. Raises OSError when it cannot be made."""
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    base = Path(tempfile.gettempdir(), f"static-media-lab-{user}")
    base.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid"):
        status = base.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise PermissionError(f"{base} is not a folder of this user alone")
    return base


class Workspace:
    """One process's folder below the base; whoever finds it unlocked may delete it, because its owner is dead."""

    def __init__(self, base: Path) -> None:
        name = secrets.token_hex(4)
        new = base / f"new-{name}"
        new.mkdir(mode=0o700)
        self._lock = FileLock(new / LOCK)
        self._lock.try_acquire()
        self.path = new.rename(base / f"run-{name}")  # only now can a sweep see it, and it is locked already

    def forget(self) -> None:
        """In a forked child: close the lock, which must not outlive the owner."""
        self._lock.release()

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()


def sweep(base: Path) -> None:
    """Delete the folders of dead owners."""
    for folder in base.glob("run-*"):
        with contextlib.suppress(OSError):
            lock = FileLock(folder / LOCK)
            if lock.try_acquire():
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()
