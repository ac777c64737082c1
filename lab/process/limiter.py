"""Limits how many experiments run at the same time on this machine, how many may wait, and turns the others away."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from lab.process.file_lock import one_of


class Busy(RuntimeError):
    """Too many experiments are waiting already. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"The lab is busy; try again in {retry_after} seconds.")
        self.retry_after = retry_after


class Limiter:
    """Counts with locked files in `folder`, so that the limit holds for all processes of the site and after any crash.

    At most `running` experiments run at once, and `waiting` more wait for at most `patience` seconds. Without a
    writable folder there is no limit.
    """

    def __init__(self, folder: Path, *, running: int, waiting: int, patience: float) -> None:
        self._places = [folder / f"running-{number}" for number in range(running)]
        self._tickets = [folder / f"ticket-{number}" for number in range(running + waiting)]
        self._patience = patience
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in (*self._places, *self._tickets):
                path.touch(mode=0o600)
        except OSError:
            self._places = self._tickets = []

    @contextlib.contextmanager
    def enter(self) -> Iterator[None]:
        """Wait for a place and hold it. Raises Busy."""
        if not self._places:
            yield
            return
        with one_of(self._tickets, 0) as ticket:
            if not ticket:
                raise Busy(self._retry_after())
            with one_of(self._places, self._patience) as place:
                if not place:
                    raise Busy(self._retry_after())
                yield

    def _retry_after(self) -> int:
        """Return the seconds in which about half of those that wait now have run, at some 200 ms each."""
        return max(1, round(len(self._tickets) * 0.1 / len(self._places)))
