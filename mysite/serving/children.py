"""Child processes that never outlive us, however we end.

Between us and each command stands a tiny supervisor (this file, run as a script). Its standard input is a pipe whose
other end we hold and never write to. When we end, by Ctrl-C, by `kill -9` or by a crash, the system closes our end; the
supervisor reads end-of-file and ends the command with everything that one started. This works alike on Linux,
macOS and Windows; nothing else does (Linux alone can signal a process on its parent's death).

Standard library only, and nothing from this project: the supervisor must start in a few milliseconds.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

GRACE_SECONDS = 3  # between asking a command to stop and making it


class Child:
    """One supervised command. What it prints, on either stream, goes line by line to `write`."""

    def __init__(
        self, argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], write: Callable[[str], object]
    ) -> None:
        own_group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        self._process = subprocess.Popen(
            # -S and -E: the supervisor needs no packages. Ctrl-C must reach us alone, hence the group of its own.
            [sys.executable, "-S", "-E", str(Path(__file__).resolve()), *argv],
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            **own_group,
        )
        self._reader = threading.Thread(target=self._forward, args=(write,), daemon=True)
        self._reader.start()

    def _forward(self, write: Callable[[str], object]) -> None:
        assert self._process.stdout is not None  # noqa: S101 (it is a pipe; only the type checker doubts it)
        for line in self._process.stdout:
            if line.strip():  # runserver's banner is half blank lines
                write(line.rstrip())

    def poll(self) -> int | None:
        """The exit code, or None while the command runs."""
        return self._process.poll()

    def wait(self) -> int:
        """Waits for the command to end, sweeps up what it left behind, and returns its exit code."""
        code = self._process.wait()
        self._end_group()
        self._reader.join(timeout=1)  # a last line may still be on its way
        return code

    def stop(self) -> None:
        """Lets go of the pipe, so that the supervisor ends the command, and waits until it has."""
        assert self._process.stdin is not None  # noqa: S101
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=GRACE_SECONDS + 2)
        self._end_group()
        self._process.wait()
        self._reader.join(timeout=1)

    def _end_group(self) -> None:
        """The supervisor leads the group: this reaches a grandchild even when someone killed the supervisor itself."""
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM when only the dead are left
                os.killpg(self._process.pid, signal.SIGKILL)
        elif self._process.poll() is None:
            self._process.kill()


def supervise(argv: Sequence[str]) -> int:
    """Runs the command until it ends or until our standard input does; returns its exit code."""
    command = subprocess.Popen(argv, stdin=subprocess.DEVNULL)
    let_go = threading.Event()
    threading.Thread(target=_exit_with, args=(command, let_go), daemon=True).start()
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 1024):
            pass
    let_go.set()
    return _end(command)


def _exit_with(command: "subprocess.Popen[bytes]", let_go: threading.Event) -> None:
    """Ends the supervisor with its command. Not sys.exit: that would wait for the main thread, which sits in a read."""
    code = command.wait()
    if not let_go.is_set():
        os._exit(code if code >= 0 else 128 - code)  # a shell's way to say "ended by signal -code"


def _end(command: "subprocess.Popen[bytes]") -> int:
    """Ends the command and everything it started; on POSIX that includes ourselves, who lead the group."""
    if sys.platform == "win32":
        taskkill = ["taskkill", "/F", "/T", "/PID", str(command.pid)]
        subprocess.run(taskkill, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return 1
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the whole group is asked to stop, and we belong to it
    os.killpg(os.getpgrp(), signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        command.wait(timeout=GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
    return 1


if __name__ == "__main__":
    raise SystemExit(supervise(sys.argv[1:]))
