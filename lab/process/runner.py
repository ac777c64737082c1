"""Running an experiment in an isolated child, from any thread of any process of the site."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Protocol

from lab.experiment import Experiment
from lab.experiment.knobs.collect import RUNS
from lab.experiment.variations import named
from lab.process.call import FORK, ROOT
from lab.process.job import ExperimentJob, Job, Order
from lab.process.message import encode
from lab.process.scratch import Workspace

SECONDS = 10.0
SECONDS_PER_COMPRESSION = 25.0  # collectstatic compresses the admin's files with both gzip and Brotli
START_SECONDS = 20.0


class ExperimentFailed(RuntimeError):
    """The engine could not run the experiment: it took too long, or its process was ended. This is no result."""


class Runner(Protocol):
    """Runs experiments."""

    def run(self, experiment: Experiment) -> str:
        """Return the observation as JSON. Raises ExperimentFailed."""
        ...

    def perform(self, job: Job, seconds: float) -> str:
        """Return the result of a job as lab.engine.job writes it. Raises ExperimentFailed."""
        ...

    def close(self) -> None:
        """End what was started. The next run starts it again."""
        ...


def time_limit(experiment: Experiment) -> float:
    """Return the seconds that an experiment may take: ten, more for each collectstatic that compresses files, and what
    its variation adds.
    """
    seconds = SECONDS + named(experiment.variation).seconds
    if not experiment.storage.startswith("whitenoise"):
        return seconds
    return seconds + SECONDS_PER_COMPRESSION * RUNS[experiment.collect]


def child_environment() -> dict[str, str]:
    """Return the whole environment of a child: nothing of the site's own, which may hold secrets."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "MALLOC_ARENA_MAX": "2",  # glibc's arenas, one per thread, count as address space
    }


class ForkServerRunner:
    """Runs experiments in a fork server (lab.engine.fork_server), which it starts when it first needs one.

    Safe with several threads. A process forked from this one (gunicorn with preload_app) starts its own fork server.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._address = ""
        self._closings = 0
        os.register_at_fork(after_in_child=self._forget)

    def run(self, experiment: Experiment) -> str:
        """See Runner."""
        return self.perform(ExperimentJob(experiment.knobs), time_limit(experiment))

    def perform(self, job: Job, seconds: float) -> str:
        """See Runner. A fork server that has died is started again once."""
        line = encode(Order(job, seconds)).encode() + b"\n"
        closings = self._closings
        try:
            return self._ask(self._start(), line, seconds)
        except _ForkServerGone:
            if self._closings != closings:
                raise ExperimentFailed("It was ended.") from None
            try:
                return self._ask(self._start(), line, seconds)
            except _ForkServerGone as error:
                raise ExperimentFailed("The fork server ended twice.") from error

    def close(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            self._closings += 1
        if process is not None and process.stdin is not None:
            process.stdin.close()
            process.wait(timeout=5)

    @property
    def process_id(self) -> int | None:
        """Return the id of the fork server's process, or None."""
        return None if self._process is None else self._process.pid

    def _forget(self) -> None:
        """Forget the fork server in a forked child: it is the parent's, and its lifeline must not be held open here."""
        if self._process is not None and self._process.stdin is not None:
            os.close(self._process.stdin.fileno())
            self._process.returncode = 0  # Popen must neither wait for it nor complain
        self._process = None
        self._lock = threading.Lock()

    def _start(self) -> str:
        """Return the fork server's address; start it if there is none. Raises ExperimentFailed if it does not start."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return self._address
            process = subprocess.Popen(
                [sys.executable, "-m", "lab.engine.fork_server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env=child_environment(),
                start_new_session=True,
            )
            assert process.stdout is not None  # noqa: S101 - for the type checker
            with process.stdout:
                self._address = process.stdout.readline().strip()
            if not self._address:
                process.wait()
                raise ExperimentFailed("The fork server did not start; its own message stands above in the log.")
            self._process = process
            return self._address

    def _ask(self, address: str, line: bytes, seconds: float) -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(seconds + 5)
            try:
                connection.connect(address)
                connection.sendall(line)
                with connection.makefile("rb") as answer:
                    head = answer.readline().decode()
                    if head.startswith("DONE "):
                        length = int(head.split()[1])
                        text = answer.read(length)
                        if len(text) == length:
                            return text.decode()
            except TimeoutError as error:
                raise ExperimentFailed("The fork server does not answer.") from error
            except (ConnectionError, FileNotFoundError) as error:
                self._gone()
                raise _ForkServerGone from error
        if head.startswith("FAILED "):
            raise ExperimentFailed(json.loads(head.removeprefix("FAILED ")))
        self._gone()
        raise _ForkServerGone

    def _gone(self) -> None:
        """Wait until poll() sees that the fork server was killed, which takes a moment."""
        process = self._process
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.5)


class _ForkServerGone(Exception):
    """The connection ended without an answer."""


class FreshRunner:
    """Runs each experiment in a fresh interpreter: slower, but possible where there is no fork (Windows)."""

    def run(self, experiment: Experiment) -> str:
        """See Runner."""
        return self.perform(ExperimentJob(experiment.knobs), time_limit(experiment))

    def perform(self, job: Job, seconds: float) -> str:
        """See Runner."""
        workspace = Workspace()
        process = subprocess.Popen(
            [sys.executable, "-m", "lab.engine.job", str(workspace.path / "1")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=child_environment(),
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(encode(Order(job, seconds)), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ExperimentFailed("It took too long and was ended.") from error
        finally:
            _end(process)
            workspace.remove()
        if process.returncode != 0:
            raise ExperimentFailed(errors)
        return output

    def close(self) -> None:
        """Do nothing: each run ends its own process."""


def _end(process: subprocess.Popen[str]) -> None:
    """Kill the process and, where there are groups, all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def best_runner() -> Runner:
    """Return a runner with a fork server where there is fork, and one with fresh interpreters elsewhere."""
    return ForkServerRunner() if FORK else FreshRunner()
