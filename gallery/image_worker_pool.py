"""Worker processes in which pictures are decoded, so that a hostile file can cost no more than one of them.

A decoder that never ends is killed, one that eats memory runs into the worker's own limit, and one that is taken over
finds itself in a process without our environment, our database or our secrets. Workers are kept for the next picture,
because starting Python and Pillow costs as much as a small photo. They end when the server does: their standard input
closes. `python -m gallery.image_worker_pool` is the worker's side. No Django in this module.
"""

import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from gallery import pictures
from gallery.fifo_semaphore import FifoSemaphore
from gallery.pictures import Limits, Picture, Refused
from gallery.renditions import Rendition

PROJECT = Path(__file__).resolve().parent.parent
NICENESS = 5  # pages go before pictures when there is not enough processor for both
BASE_MEMORY = 192 * 1024 * 1024  # Python, Pillow and its encoders, beside the picture itself
RETIRE_AFTER = 500  # pictures
RETIRE_ABOVE = 192 * 1024 * 1024  # bytes still held after a picture
MAX_ANSWER = 256 * 1024 * 1024
# glibc keeps freed memory for each thread and never returns it; with one arena it takes 15 % less at its highest. What
# is larger than the threshold is asked of the kernel each time, page by page: at 1 MB that was a sixth of the time of a
# picture of 800 by 600, at 4 MB it is nothing. Above the second figure free memory is given back.
ALLOCATOR = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(4 * 1024 * 1024),
    "MALLOC_TRIM_THRESHOLD_": str(32 * 1024 * 1024),
}
PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "LANG", "LC_ALL")  # no key, no password


class Busy(Exception):
    """Every worker was busy for as long as an upload waits."""


@dataclass(frozen=True)
class Stats:
    """A moment of a pool: how many pictures are being decoded, how many wait, and the processes that have no work."""

    busy: int
    waiting: int
    idle_pids: tuple[int, ...]


class ImageWorkerPool:
    """Decodes at most `workers` pictures at once; 0 decodes one at a time in this process, where none can be started.

    `seconds` of processor time and `limits.memory` bytes for one picture. A picture that waits longer than `patience`
    seconds for a worker raises Busy.
    """

    def __init__(self, workers: int, limits: Limits, seconds: float, patience: float) -> None:
        self._limits = limits
        self._seconds = seconds
        self._patience = patience
        self._in_process = workers == 0
        self._turn = FifoSemaphore(max(1, workers))
        self._idle: deque[_Worker] = deque()

    def read(self, content: bytes) -> Picture:
        """Return the safe picture with its renditions. Raises Refused with the reason, or Busy."""
        if not self._turn.acquire(timeout=self._patience):
            raise Busy
        try:
            if self._in_process:
                return pictures.read(content, self._limits)
            return self._read_by_worker(content)
        finally:
            self._turn.release()

    def stats(self) -> Stats:
        """Return what the pool does at this moment."""
        idle = tuple(worker.pid for worker in self._idle.copy() if worker.is_alive())
        return Stats(self._turn.taken, self._turn.waiting, idle)

    def _read_by_worker(self, content: bytes) -> Picture:
        worker = self._idle_worker() or _Worker(self._limits, self._seconds)
        try:
            picture = worker.ask(content)
        except Refused:
            self._keep(worker)
            raise
        except BaseException:
            worker.end()
            raise
        self._keep(worker)
        return picture

    def _idle_worker(self) -> "_Worker | None":
        while True:
            try:
                worker = self._idle.pop()
            except IndexError:  # asking first would let two threads see the same one
                return None
            if worker.is_alive():
                return worker
            worker.end()

    def _keep(self, worker: "_Worker") -> None:
        if worker.retires or not worker.is_alive():
            worker.end()
        else:
            self._idle.append(worker)

    def close(self) -> None:
        """End the workers that have no work."""
        while self._idle:
            self._idle.pop().end()


class _Worker:
    """One worker as the server sees it."""

    def __init__(self, limits: Limits, seconds: float) -> None:
        self.retires = False
        self._seconds = seconds
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gallery.image_worker_pool", json.dumps({**asdict(limits), "seconds": seconds})],
            cwd=PROJECT,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ} | ALLOCATOR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # decoders grumble there about every odd file
            start_new_session=sys.platform != "win32",  # Ctrl-C in the terminal is for the server
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, content: bytes) -> Picture:
        assert self._process.stdin is not None  # noqa: S101 (both are pipes; only the type checker doubts it)
        assert self._process.stdout is not None  # noqa: S101
        # The worker counts its own processor time; the clock here is for one that sleeps, or a machine without limits.
        overdue = threading.Event()
        clock = threading.Timer(5 * self._seconds, self._end_overdue, (overdue,))
        clock.daemon = True
        clock.start()
        try:
            _send(self._process.stdin, content)
            head, blobs = _receive_answer(self._process.stdout)
        except (OSError, EOFError, ValueError) as error:
            self.end()
            # How the worker's own limit on processor time ends it. Windows has neither the limit nor the signal.
            late = overdue.is_set() or self._process.returncode == -getattr(signal, "SIGPROF", 0)
            raise Refused(
                f"Decoding the picture took more than {self._seconds:g} seconds, so it was given up."
                if late
                else "Decoding the picture needed more memory than is allowed, or broke the decoder. It was given up."
            ) from error
        finally:
            clock.cancel()
        self.retires = bool(head["retires"])
        if head["refused"] is not None:
            raise Refused(str(head["refused"]))
        return _picture(head["picture"], blobs)

    def _end_overdue(self, overdue: threading.Event) -> None:
        overdue.set()
        self._process.kill()

    def end(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.kill()
        self._process.wait()


# What goes through the pipes. JSON and bytes, never pickle: what takes a worker over must not get into the server.


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(struct.pack(">Q", len(content)))
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes], limit: int) -> bytes:
    (size,) = struct.unpack(">Q", _exactly(stream, 8))
    if size > limit:
        raise ValueError("too much")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _answer(picture: Picture | None, refused: str | None, retires: bool) -> tuple[bytes, list[bytes]]:
    head: dict[str, Any] = {"picture": None, "refused": refused, "retires": retires}
    blobs = []
    if picture:
        fields = {name: value for name, value in vars(picture).items() if name not in ("content", "renditions")}
        head["picture"] = {**fields, "renditions": [[one.width, one.extension] for one in picture.renditions]}
        blobs = [picture.content, *(one.content for one in picture.renditions)]
    head["blobs"] = len(blobs)
    return json.dumps(head).encode(), blobs


def _receive_answer(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    head = json.loads(_receive(stream, 1 << 20))
    left = MAX_ANSWER
    blobs = []
    for _ in range(min(64, head["blobs"])):
        blobs.append(_receive(stream, left))
        left -= len(blobs[-1])
    return head, blobs


def _picture(head: dict[str, Any], blobs: list[bytes]) -> Picture:
    extension, colour = str(head["extension"]), str(head["colour"])
    if extension not in pictures.EXTENSIONS.values() or len(colour) > 7:
        raise ValueError("not an answer of ours")
    return Picture(
        content=blobs[0],
        extension=extension,
        width=int(head["width"]),
        height=int(head["height"]),
        transparent=bool(head["transparent"]),
        colour=colour,
        notes=tuple(str(note)[:200] for note in head["notes"][:40]),
        renditions=tuple(
            Rendition(int(width), str(extension), blob)
            for (width, extension), blob in zip(head["renditions"], blobs[1:], strict=True)
        ),
    )


# The worker's side.


def main(argument: str) -> None:
    limits = json.loads(argument)
    seconds = float(limits.pop("seconds"))
    start_clock = limit_this_process(Limits(**limits))
    questions = sys.stdin.buffer
    # A library that prints must not print into the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)
    answered = 0
    while True:
        try:
            content = _receive(questions, 1 << 32)
        except EOFError:
            return
        start_clock(seconds)
        picture, refused = None, None
        try:
            picture = pictures.read(content, Limits(**limits))
        except Refused as refusal:
            refused = str(refusal)
        except MemoryError:
            refused = "Decoding the picture needed more memory than is allowed. It was given up."
        start_clock(0)
        del content
        answered += 1
        head, blobs = _answer(picture, refused, answered >= RETIRE_AFTER or _memory_held() > RETIRE_ABOVE)
        picture = None
        for blob in (head, *blobs):
            _send(answers, blob)


def limit_this_process(limits: Limits) -> Callable[[float], object]:
    """Set what the system can limit, and return a function that starts the clock of processor time.

    Windows has neither.
    """
    if sys.platform == "win32":
        return lambda _seconds: None
    import resource

    os.nice(NICENESS)
    most = limits.memory + BASE_MEMORY
    for name, value in (("RLIMIT_DATA", most), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0), ("RLIMIT_NOFILE", 64)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (value, value))
    return lambda left: signal.setitimer(signal.ITIMER_PROF, left)  # what it sends ends the process


def _memory_held() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError):
        return 0


if __name__ == "__main__":
    main(sys.argv[1])
