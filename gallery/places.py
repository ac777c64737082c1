"""A number of places, and a queue in front of them."""

import threading
from collections import deque


class Places:
    """A semaphore that serves who came first. threading's own lets a newcomer pass those who wait: of a hundred uploads
    at once the unlucky ones then wait twice as long as the others."""

    def __init__(self, places: int) -> None:
        self._lock = threading.Lock()
        self._free = places  # none while anybody waits
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
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
