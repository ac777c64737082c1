"""A semaphore that serves threads in the order in which they came."""

import threading
from collections import deque


class FifoSemaphore:
    """threading.Semaphore is not fair: a new thread may overtake waiting ones, and of a hundred uploads at once the
    unlucky ones then wait twice as long as the others."""

    def __init__(self, value: int) -> None:
        self._lock = threading.Lock()
        self._value = value
        self._free = value  # none while anybody waits
        self._waiting: deque[threading.Event] = deque()

    @property
    def taken(self) -> int:
        """Return how many threads have acquired it and not yet released it."""
        return self._value - self._free

    @property
    def waiting(self) -> int:
        """Return how many threads wait in `acquire`."""
        return len(self._waiting)

    def acquire(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds. Return False if the semaphore was not acquired."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._lock:
            if turn.is_set():  # in the last moment
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
