"""A function call in a process of its own: forked where there is fork, in a fresh interpreter elsewhere."""

import contextlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from lab.process.sandbox import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
FORK = hasattr(os, "fork")


class ProcessDied(RuntimeError):
    """The process ended without a result."""


class Pending:
    """A call that is under way in another process."""

    def __init__(self, function: str, arguments: dict[str, Any]) -> None:
        self._function = function
        self._child = self._reading = 0
        self._process: subprocess.Popen[str] | None = None
        if FORK:
            self._fork(arguments)
        else:
            command = [sys.executable, "-m", "lab.process.own_process", function, json.dumps(arguments)]
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
            )

    def result(self) -> Any:
        """Wait for it. Raises ProcessDied, with what was printed where that is known."""
        if self._process is not None:
            output, errors = self._process.communicate()
            if self._process.returncode != 0 or not output:  # os._exit(0) in somebody's settings is no result either
                raise ProcessDied(errors or _ended(self._process.returncode))
            return json.loads(output)
        with open(self._reading, "rb") as pipe:  # noqa: PTH123 - a descriptor, not a path
            result = pipe.read()
        _, status = os.waitpid(self._child, 0)
        if status != 0 or not result:
            raise ProcessDied(_ended(os.waitstatus_to_exitcode(status)))
        return json.loads(result)

    def _fork(self, arguments: dict[str, Any]) -> None:
        target = _resolve(self._function)
        self._reading, writing = os.pipe()
        parent = os.getpid()
        self._child = os.fork()
        if self._child != 0:
            os.close(writing)
            return
        code = 1
        try:
            os.close(self._reading)
            die_with_parent(parent)
            result = json.dumps(target(**arguments)).encode()
            with open(writing, "wb") as pipe:  # noqa: PTH123
                pipe.write(result)
            code = 0
        finally:
            os._exit(code)


def start(function: str, **arguments: Any) -> Pending:
    """Call `function` ("module:name") in another process. Arguments and result are JSON values."""
    return Pending(function, arguments)


def call(function: str, **arguments: Any) -> Any:
    """The result of `function`, called in another process. Raises ProcessDied."""
    return start(function, **arguments).result()


def _ended(code: int) -> str:
    return f"It ended with exit code {code}." if code >= 0 else f"It was ended by signal {-code}."


def _resolve(function: str) -> Any:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


def main() -> None:
    with own_output() as output:
        output.write(json.dumps(_resolve(sys.argv[1])(**json.loads(sys.argv[2]))))


@contextlib.contextmanager
def own_output() -> Iterator[TextIO]:
    """Standard output for a result alone: what somebody's code prints meanwhile goes nowhere."""
    sys.stdout.flush()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as output:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)
        yield output


if __name__ == "__main__":
    main()
