"""The fork server: a process that has imported Django, configured nothing, and forks a child for each experiment.

Started by lab.process.runner as `python -m lab.engine.fork_server`. It prints one line, the path of its socket, and
ends when its standard input closes, that is when its parent ends in whatever way; then no child, port or folder of it
remains.

A client sends one line, a lab.process.job.Order as lab.process.message encodes it, and reads
`DONE <length>\\n<result>`, or `FAILED <reason as JSON>\\n`.
"""

import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from lab.engine import compressed
from lab.engine.job import perform
from lab.probe.versions import versions
from lab.process import compressors, sandbox
from lab.process.call import ROOT
from lab.process.job import Job, Order
from lab.process.message import decode
from lab.process.preload import preload
from lab.process.scratch import Workspace


@dataclass(frozen=True, slots=True)
class Run:
    """A child at work; `deadline` is a time of time.monotonic()."""

    process: int
    connection: socket.socket
    folder: Path
    deadline: float


class ForkServer:
    """Forks a child for each job. It has one thread, because a process that forks must not have others."""

    def __init__(self, lifeline: int) -> None:
        self._parent = os.getpid()
        self._lifeline = lifeline
        self._workspace = Workspace()
        self._runs: dict[int, Run] = {}
        self._number = 0
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.address = str(self._workspace.path / "fork.socket")  # in a folder with mode 0700
        self._listener.bind(self.address)
        self._listener.listen(128)
        self._ended, self._wake = socket.socketpair()  # bytes arrive when a child ends

    def serve(self) -> None:
        """Serve until the lifeline closes."""
        self._wake.setblocking(False)
        self._ended.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        try:
            with selectors.DefaultSelector() as selector:
                for source in (self._lifeline, self._listener, self._ended):
                    selector.register(source, selectors.EVENT_READ)
                while True:
                    for key, _ in selector.select(self._seconds_left()):
                        if key.fileobj == self._lifeline and not os.read(self._lifeline, 1):
                            return
                        if key.fileobj is self._listener:
                            self._accept()
                        if key.fileobj is self._ended:
                            with contextlib.suppress(BlockingIOError):
                                self._ended.recv(4096)
                    self._reap()
                    self._end_overdue()
        finally:
            self._end_all()
            signal.set_wakeup_fd(-1)  # a child may still end, and the other end is closed

    def _seconds_left(self) -> float | None:
        """Return the seconds until the next deadline; None when nothing runs."""
        if not self._runs:
            return None
        return max(0.0, min(run.deadline for run in self._runs.values()) - time.monotonic())

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        connection.settimeout(5)
        try:
            with connection.makefile("rb") as lines:
                order = decode(Order, lines.readline())
        except (OSError, ValueError, KeyError, TypeError):
            connection.close()
            return
        compressed.load()  # a child may have written it since this process started
        self._number += 1
        folder = self._workspace.path / str(self._number)
        process = os.fork()
        if process == 0:
            self._run_child(connection, order.job, folder)
        with contextlib.suppress(OSError):
            os.setpgid(process, process)  # the child does so too; either may be first
        self._runs[process] = Run(process, connection, folder, time.monotonic() + order.seconds)

    def _run_child(self, connection: socket.socket, job: Job, folder: Path) -> None:
        """Do everything that a child does. Never returns."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with contextlib.suppress(OSError):
                os.setsid()
            sandbox.die_with_parent(self._parent)
            self._close_inherited(connection)
            sandbox.limit_resources()
            sandbox.leave_namespaces()
            folder.mkdir()
            compressed.prepare(job, folder / "compressed")
            text = perform(job, folder).encode()
            connection.sendall(f"DONE {len(text)}\n".encode() + text)
            connection.shutdown(socket.SHUT_WR)
            shutil.rmtree(folder, ignore_errors=True)
            code = 0
        except BaseException:
            with contextlib.suppress(OSError):
                connection.sendall(f"FAILED {json.dumps(traceback.format_exc())}\n".encode())
        finally:
            os._exit(code)

    def _close_inherited(self, own: socket.socket) -> None:
        """Close in a child what belongs to the fork server or to another child."""
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.close(null)
        self._workspace.forget()
        for other in (self._listener, self._ended, self._wake, *(run.connection for run in self._runs.values())):
            if other is not own:
                other.close()
        own.settimeout(None)

    def _reap(self) -> None:
        """Reap every child that has ended, and the orphans of children, which this process has adopted."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            run = self._runs.pop(process, None)
            if run is not None:
                self._close(run, None if status == 0 else f"The process ended with status {status}.")

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for run in [run for run in self._runs.values() if run.deadline <= now]:
            del self._runs[run.process]
            self._close(run, "It took too long and was ended.")

    def _close(self, run: Run, failure: str | None) -> None:
        """End what is left of the run's process group, delete its folder, and tell the client of a failure."""
        _kill_group(run.process)
        self._kill_orphans()
        shutil.rmtree(run.folder, ignore_errors=True)
        if failure is not None:
            with contextlib.suppress(OSError):
                run.connection.sendall(f"FAILED {json.dumps(failure)}\n".encode())
        run.connection.close()

    def _kill_orphans(self) -> None:
        """Kill grandchildren that left their process group: their parents have ended, so they are ours (Linux)."""
        with contextlib.suppress(OSError):
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            for process in map(int, children):
                if process not in self._runs:
                    _kill(process)

    def _end_all(self) -> None:
        for run in list(self._runs.values()):
            _kill_group(run.process)
        for run in list(self._runs.values()):
            with contextlib.suppress(OSError):
                os.waitpid(run.process, 0)
        self._runs.clear()
        self._kill_orphans()
        self._workspace.remove()


def _kill_group(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def main() -> None:
    """Preload, print the address, and serve."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # the terminal's Ctrl-C reaches the whole group; only the lifeline ends it
    lifeline = os.dup(0)
    os.set_inheritable(lifeline, False)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    compressors.stand_in()  # before WhiteNoise is imported
    preload()
    sys.dont_write_bytecode = True
    sys.path[:] = [path for path in sys.path if path not in ("", str(ROOT))]
    sandbox.adopt_orphans()
    versions()  # asks nginx once for all children
    compressed.load()
    gc.collect()
    gc.freeze()  # children then write to fewer pages that they share with this process
    gc.disable()
    server = ForkServer(lifeline)
    try:
        print(server.address, flush=True)
    except BrokenPipeError:  # the parent has ended meanwhile, and so shall we
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    server.serve()


if __name__ == "__main__":
    main()
