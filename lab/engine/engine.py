"""The engine: an experiment in, its observation out, computed once however many requests need it."""

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from lab.engine.cache import Cache, cache_key
from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.observation import Observation
from lab.probe.serving import missing_here
from lab.probe.versions import django_series
from lab.process.file_lock import FileLock
from lab.process.limiter import Busy, Limiter
from lab.process.runner import Runner, time_limit


class Engine:
    """Observes experiments. Safe with several threads, and with several processes that share `cache` and `flights`.

    `flights` is a folder for the locks by which one process computes what the others wait for.
    """

    def __init__(self, runner: Runner, cache: Cache, limiter: Limiter, flights: Path, records: Records) -> None:
        self._runner = runner
        self._cache = cache
        self._limiter = limiter
        self._flights = flights
        self._records = records
        self._lock = threading.Lock()
        self._here: dict[str, Future[str]] = {}

    def observe(self, experiment: Experiment) -> Observation:
        """Return what Django did. Raises Busy, or ExperimentFailed when the engine itself failed."""
        return Observation.from_json(self.observe_json(experiment))

    def observe_json(self, experiment: Experiment) -> str:
        """Return the observation as JSON, as it is cached. Raises as `observe`."""
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
        """Return the observation as JSON; run the experiment unless another process has done so.

        Where this machine lacks something, the record is returned. Without a record the experiment is run as far as
        it gets, and its observation says what is missing.
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
            with self._limiter.enter():
                text = self._runner.run(experiment)
            self._cache.put(key, text)
            return text

    @contextlib.contextmanager
    def _flight(self, key: str, patience: float) -> Iterator[None]:
        """Be the only process that computes this key. Without locks (an unwritable folder) several may do so."""
        path = self._flights / key
        lock = FileLock(path)
        with contextlib.suppress(OSError):
            self._flights.mkdir(parents=True, exist_ok=True)
            if not lock.acquire(patience):
                raise Busy(5)
        try:
            yield
        finally:
            # A waiting process acquires the lock on the deleted file and then finds the observation in the cache.
            with contextlib.suppress(OSError):
                path.unlink()
            lock.release()
