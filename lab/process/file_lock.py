"""Locks that processes share: files that the system unlocks when their holder ends, however it ends."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """A lock on a file, for processes and for threads that each make their own FileLock.

    Its methods raise OSError when the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_acquire(self) -> bool:
        """Acquire the lock if it is free, and return whether it was. Never waits."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def acquire(self, seconds: float) -> bool:
        """Wait up to `seconds`; return False if the lock was not acquired."""
        deadline = time.monotonic() + seconds
        while not self.try_acquire():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def release(self) -> None:
        """Release the lock. Has no effect when the lock is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextlib.contextmanager
def one_of(paths: list[Path], seconds: float) -> Iterator[bool]:
    """Hold any one of these locks. Yields False when none was free within `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        for path in paths:
            lock = FileLock(path)
            if lock.try_acquire():
                try:
                    yield True
                finally:
                    lock.release()
                return
        if time.monotonic() >= deadline:
            yield False
            return
        time.sleep(0.01)
