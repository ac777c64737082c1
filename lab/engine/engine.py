"""The engine: an experiment in, its observation out, computed once however many ask at once."""

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from lab.engine.cache import Cache, cache_key
from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.observation import Observation
from lab.probe.servers import missing_here
from lab.probe.versions import django_series
from lab.process.file_lock import FileLock
from lab.process.limiter import Busy, Turnstile
from lab.process.runner import Runner, time_limit


class Engine:
    """Safe with several threads, and with several processes that share `cache` and `flights`.

    `flights` is a folder for the locks by which one process computes what the others wait for.
    """

    def __init__(self, runner: Runner, cache: Cache, turnstile: Turnstile, flights: Path, records: Records) -> None:
        self._runner = runner
        self._cache = cache
        self._turnstile = turnstile
        self._flights = flights
        self._records = records
        self._lock = threading.Lock()
        self._here: dict[str, Future[str]] = {}

    def observe(self, experiment: Experiment) -> Observation:
        """What Django did. Raises Busy, or ExperimentFailed when the engine itself failed."""
        return Observation.from_json(self.observe_json(experiment))

    def observe_json(self, experiment: Experiment) -> str:
        """As `observe`, as JSON: what is cached need not be parsed."""
        key = cache_key(experiment)
        remembered = self._cache.remembered(key)
        if remembered is not None:
            return remembered
        with self._lock:
            flight = self._here.get(key)
            leader = flight is None
            if flight is None:
                flight = self._here[key] = Future()
        if leader:
            try:
                flight.set_result(self._compute(experiment, key))
            except BaseException as error:
                flight.set_exception(error)
            finally:
                with self._lock:
                    del self._here[key]
        try:
            return flight.result(timeout=2 * time_limit(experiment))
        except TimeoutError:
            raise Busy(5) from None

    def _compute(self, experiment: Experiment, key: str) -> str:
        """Run it, unless another process has done so meanwhile, or this machine lacks something and there is a record.

        Without a record it is run as far as it comes; the observation then says what is missing.
        """
        record = self._records.of(experiment, django_series()) if missing_here(experiment) else None
        if record is not None:
            return record.to_json()
        cached = self._cache.get(key)
        if cached is not None:
            return cached
        with self._flight(key, time_limit(experiment)):
            cached = self._cache.get(key)
            if cached is not None:
                return cached
            with self._turnstile.enter():
                text = self._runner.run(experiment)
            self._cache.put(key, text)
            return text

    @contextlib.contextmanager
    def _flight(self, key: str, patience: float) -> Iterator[None]:
        """Be the only process that computes this key; without locks (an unwritable folder) go ahead all the same."""
        path = self._flights / key
        lock = FileLock(path)
        with contextlib.suppress(OSError):
            self._flights.mkdir(parents=True, exist_ok=True)
            if not lock.acquire(patience):
                raise Busy(5)
        try:
            yield
        finally:
            # Whoever waits for this file gets the lock of a deleted one, and then finds the observation in the cache.
            with contextlib.suppress(OSError):
                path.unlink()
            lock.release()
