"""A server that is a process of its own: started, waited for, asked through its socket, and killed in the end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lab.probe.server import NotAnswered, ServerDidNotStart, Trace
from lab.probe.trace import TraceFile
from lab.process.call import ROOT
from lab.process.sandbox import die_with_parent

START_SECONDS = 8.0

Alive = Callable[[], bool]


class SocketServer:
    """A server process that listens on `address`: a Unix socket's path, or a port on 127.0.0.1 where there are none."""

    def __init__(self, address: str | int, trace_log: TraceFile) -> None:
        self.address = address
        self.trace_log = trace_log

    def connect(self) -> socket.socket:
        if isinstance(self.address, int):
            return socket.create_connection(("127.0.0.1", self.address), timeout=START_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(START_SECONDS)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection

    def exchange(self, request: bytes, pause: Callable[[], None] | None = None, seconds: float = 0.0) -> bytes:
        # Sent with "Connection: close", so that the end of the response is the end of the stream.
        head, _, body = request.partition(b"\r\n\r\n")
        half = len(body) // 2 if pause else len(body)
        received: list[bytes] = []
        with self.connect() as connection:
            if seconds:
                connection.settimeout(seconds)
            # A server may answer and close before it has read the whole body.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(head + b"\r\nConnection: close\r\n\r\n" + body[:half])
                if pause:
                    pause()
                    connection.sendall(body[half:])
            try:
                while data := connection.recv(65536):
                    received.append(data)
            except ConnectionResetError:
                pass
            except TimeoutError as late:
                raise NotAnswered(f"No answer came within {connection.gettimeout():.0f} seconds.") from late
        if not received:
            raise NotAnswered("The connection was closed without an answer.")
        return b"".join(received)

    def trace(self, _path: str) -> Trace:
        return self.trace_log.take()

    def answered_alone(self) -> bool:
        return False


@contextlib.contextmanager
def forked(main: Callable[[], None], log: Path) -> Iterator[Alive]:
    """Run `main` in a forked process, and yield a function that returns whether that process is still running.

    What it prints goes to `log`. At the end it is killed: it has nothing to save.
    """
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _be_the_server(main, parent, log)
    ended = False

    def alive() -> bool:
        nonlocal ended
        ended = ended or os.waitpid(child, os.WNOHANG)[0] == child
        return not ended

    try:
        yield alive
    finally:
        if alive():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _be_the_server(main: Callable[[], None], parent: int, log: Path) -> None:
    """Do everything that the forked process does. Never returns."""
    code = 1
    try:
        die_with_parent(parent)
        output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        main()
    except SystemExit as exit_:
        # gunicorn's workers, forked from here, pass this too: by its code the master knows one that cannot boot.
        code = exit_.code if isinstance(exit_.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


@contextlib.contextmanager
def spawned(module: str, arguments: Sequence[str], log: Path) -> Iterator[Alive]:
    """Run a module in a fresh interpreter, where there is no fork; as `forked`."""
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT, stdout=output, stderr=output)
    try:
        yield lambda: process.poll() is None
    finally:
        process.kill()
        process.wait()


def wait_until_listening(server: SocketServer, alive: Alive, log: Path, ready: Path | None = None) -> None:
    """Return when the server accepts connections and the file `ready` is there. Raises ServerDidNotStart."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and alive():
        if ready is None or ready.exists():
            with contextlib.suppress(OSError):
                server.connect().close()
                return
        time.sleep(0.002)
    raise ServerDidNotStart(log.read_text(errors="replace")[-2000:] if log.exists() else "")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
