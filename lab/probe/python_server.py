"""A Python that has Django imported and nothing configured, for the `python manage.py …` of shell lines.

An interpreter that imports Django takes forty times as long as a fork of this process. What a line gets is the same:
its own arguments, environment, working directory, umask and streams, and sys.path as Python makes it. Where the process
that asks differs from this one in anything that a fork cannot take over (its user, limits, namespaces, ignored signals,
or a variable that an interpreter reads when it starts), it is refused and runs an interpreter of its own.
"""

import atexit
import builtins
import contextlib
import gc
import os
import selectors
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import IO, NoReturn, TextIO

from lab.probe.django_setup import as_python_prints_it, look_first_in
from lab.process.sandbox import LINUX, die_with_parent

CLIENT = Path(__file__).with_name("python_client.py")
NAMES = ("python", "python3")
LONGEST_FIRST_LINE = 127  # Linux cuts longer ones off
AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC_")  # variables that the interpreter or the C library reads then
STATUS = ("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "SigIgn")


@dataclass(frozen=True, slots=True)
class Command:
    """What a client asks for, and its three streams."""

    folder: str
    umask: int
    argv: tuple[str, ...]
    environment: Mapping[bytes, bytes]
    streams: tuple[int, ...]

    @property
    def script(self) -> str:
        return os.path.join(self.folder, self.argv[0])  # noqa: PTH118 - as Python does it: "./" stays


@dataclass(frozen=True, slots=True)
class Run:
    """A child at work: its id, a descriptor that is readable when it has ended, and the client that waits for it."""

    process: int
    ended: int
    client: socket.socket


def start(folder: Path, environment: Mapping[str, str]) -> Path | None:
    """Start a server that ends with this process; return the folder to put first in PATH, or None where there is none.

    `folder`, which is made, gets its socket and its clients. `environment` is that of the shell lines.
    """
    first_line = f"#!{sys.executable} -IS\n"
    if not LINUX or len(first_line) > LONGEST_FIRST_LINE or " " in sys.executable:
        return None
    folder.mkdir()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        os.close(os.pidfd_open(os.getpid()))  # Linux has it from 5.3 on
        listener.bind(str(folder / "socket"))
    except OSError:
        listener.close()
        return None
    listener.listen()
    for name in NAMES:
        client = folder / name
        client.write_text(first_line + CLIENT.read_text(encoding="utf-8"), encoding="utf-8")
        client.chmod(0o700)
    parent = os.getpid()
    if os.fork() == 0:
        try:
            die_with_parent(parent)
            _Server(listener, _at_start((os.fsencode(k), os.fsencode(v)) for k, v in environment.items())).serve()
        finally:
            os._exit(1)
    listener.close()
    return folder


class _Server:
    """Forks a child for each command. It has one thread, because a process that forks must not have others."""

    def __init__(self, listener: socket.socket, at_start: Mapping[bytes, bytes]) -> None:
        self._listener = listener
        self._at_start = at_start
        self._standing = _standing(os.getpid())
        self._runs: dict[int, Run] = {}
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Serve until this process is killed."""
        self._selector.register(self._listener, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif run := self._runs.pop(key.data, None):
                    self._end(run, killed=key.fileobj is run.client)

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        client.settimeout(5)
        command: Command | None = None
        with contextlib.suppress(OSError, ValueError):
            command = _read(client)
        if command is None or not self._may(client, command):
            client.close()  # without an answer: it runs an interpreter
        else:
            process = os.fork()
            if process == 0:
                self._be(command, client)
            run = self._runs[process] = Run(process, os.pidfd_open(process), client)
            self._selector.register(run.ended, selectors.EVENT_READ, process)
            self._selector.register(client, selectors.EVENT_READ, process)
        for stream in command.streams if command else ():
            os.close(stream)

    def _may(self, client: socket.socket, command: Command) -> bool:
        """Return whether a fork of this process is to that client what an interpreter of its own would be."""
        peer, _, _ = struct.unpack(
            "3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        )
        try:
            if _standing(peer) != self._standing or not os.path.isfile(command.script):  # noqa: PTH113
                return False
            beside = {entry.name.partition(".")[0] for entry in os.scandir(os.path.dirname(command.script))}  # noqa: PTH120
        except OSError:
            return False
        return _at_start(command.environment.items()) == self._at_start and beside.isdisjoint(sys.modules)

    def _end(self, run: Run, *, killed: bool) -> None:
        """Tell the client how its command has ended; kill the command of a client that has ended itself."""
        if killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(run.process, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(run.process, 0)[1])
        self._selector.unregister(run.ended)
        self._selector.unregister(run.client)
        os.close(run.ended)
        with run.client, contextlib.suppress(OSError):
            run.client.sendall(f"exit {code}".encode() if code >= 0 else f"signal {-code}".encode())

    def _be(self, command: Command, client: socket.socket) -> NoReturn:
        """Be a Python that was started for the command."""
        code = 1
        try:
            self._selector.close()
            for connection in (self._listener, client, *(run.client for run in self._runs.values())):
                connection.close()
            for run in self._runs.values():
                os.close(run.ended)
            for number, stream in enumerate(command.streams):
                os.dup2(stream, number)
                os.close(stream)
            os.umask(command.umask)
            os.chdir(command.folder)
            _environment(command.environment)
            code = _run(command)
        finally:
            os._exit(code)


def _read(client: socket.socket) -> Command:
    """Return what the client sends. Raises OSError or ValueError."""
    head, streams, _, _ = socket.recv_fds(client, 4, 3)
    try:
        left, order = int.from_bytes(head, "big"), b""
        while len(order) < left:
            data = client.recv(left - len(order))
            if not data:
                raise ValueError("cut off")
            order += data
        folder, umask, count, *fields = order.split(b"\0")
        arguments, environment = fields[: int(count)], fields[int(count) :]
        if len(streams) != 3 or not arguments:
            raise ValueError("streams or arguments are missing")
    except ValueError:
        for stream in streams:
            os.close(stream)
        raise
    return Command(
        os.fsdecode(folder),
        int(umask),
        tuple(os.fsdecode(argument) for argument in arguments),
        {name: value for name, _, value in (field.partition(b"=") for field in environment)},
        tuple(streams),
    )


def _at_start(environment: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return those variables that an interpreter or the C library reads when a process starts."""
    return {name: value for name, value in environment if os.fsdecode(name).startswith(AT_START)}


def _standing(process: int) -> tuple[object, ...]:
    """Return what the system holds of a process and hands on to its children. Raises OSError."""
    folder = f"/proc/{process}"
    status = [line for line in _text(f"{folder}/status").splitlines() if line.partition(":")[0] in STATUS]
    nice = _text(f"{folder}/stat").rpartition(")")[2].split()[16]
    spaces = {name: os.readlink(f"{folder}/ns/{name}") for name in os.listdir(f"{folder}/ns")}  # noqa: PTH115, PTH208
    limits, group, root = _text(f"{folder}/limits"), _text(f"{folder}/cgroup"), os.readlink(f"{folder}/root")  # noqa: PTH115
    return (status, nice, spaces, limits, group, root)


def _text(file: str) -> str:
    with open(file, encoding="utf-8", errors="replace") as opened:  # noqa: PTH123 - strings are quicker
        return opened.read()


def _environment(variables: Mapping[bytes, bytes]) -> None:
    """Give this process these variables and no others."""
    for name in os.environb.keys() - variables.keys():
        del os.environb[name]
    os.environb.update(variables)
    time.tzset()
    tempfile.tempdir = None  # found again, from TMPDIR


def _run(command: Command) -> int:
    """Run the script as `python` does; return the code that the process ends with."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = _stream(number, getattr(sys, f"__{name}__"))
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv, sys.orig_argv = list(command.argv), ["python", *command.argv]
    look_first_in(Path(os.path.realpath(command.script)).parent)
    gc.enable()
    main = sys.modules["__main__"] = ModuleType("__main__")
    main.__dict__.update(__file__=command.script, __builtins__=builtins)
    code = _ending(command, main)
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads, as at every interpreter's end
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = 120  # what an interpreter ends with that cannot flush
    return code


def _ending(command: Command, main: ModuleType) -> int:
    """Execute the script in that module; return the exit code that comes of it."""
    try:
        with open(command.script, "rb") as file:  # noqa: PTH123
            exec(compile(file.read(), command.script, "exec"), main.__dict__)  # noqa: S102
    except SystemExit as exit_:
        if isinstance(exit_.code, int):
            return exit_.code & 0xFF
        if exit_.code is not None:
            sys.stderr.write(f"{exit_.code}\n")
        return int(exit_.code is not None)
    except BaseException as error:
        sys.stderr.write(as_python_prints_it(error, command.script))
        return 1
    return 0


def _stream(number: int, like: TextIO) -> IO[str]:
    """Return a standard stream as an interpreter makes it; `like` is this process's own."""
    return open(
        number,
        "w" if number else "r",
        buffering=1 if number == 2 or os.isatty(number) else -1,
        encoding=like.encoding,
        errors=like.errors,
        closefd=False,
    )
