"""A function called in another process: forked where there is fork, in a fresh interpreter elsewhere."""

import contextlib
import inspect
import os
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from pydoc import locate
from typing import Any, Generic, ParamSpec, TextIO, TypeVar

from lab.process.message import decode, decode_arguments, encode
from lab.process.sandbox import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
FORK = hasattr(os, "fork")

P = ParamSpec("P")
T = TypeVar("T")


class ProcessDied(RuntimeError):
    """The process ended without a result."""


class Pending(Generic[T]):
    """A call that is under way in another process."""

    def __init__(self, function: Callable[..., T], arguments: Mapping[str, Any]) -> None:
        self._function = function
        self._child = self._reading = 0
        self._process: subprocess.Popen[str] | None = None
        if FORK:
            self._fork(arguments)
        else:
            self._spawn(arguments)

    def result(self) -> T:
        """Wait for the result. Raises ProcessDied, with what was printed where that is known."""
        if self._process is not None:
            output, errors = self._process.communicate()
            if self._process.returncode != 0 or not output:  # os._exit(0) in a project's settings is no result either
                raise ProcessDied(errors or _ended(self._process.returncode))
            return decode(_result_type(self._function), output)
        with open(self._reading, "rb") as pipe:  # noqa: PTH123 - a descriptor, not a path
            result = pipe.read()
        _, status = os.waitpid(self._child, 0)
        if status != 0 or not result:
            raise ProcessDied(_ended(os.waitstatus_to_exitcode(status)))
        return decode(_result_type(self._function), result)

    def _fork(self, arguments: Mapping[str, Any]) -> None:
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
            result = encode(self._function(**arguments)).encode()
            with open(writing, "wb") as pipe:  # noqa: PTH123
                pipe.write(result)
            code = 0
        finally:
            os._exit(code)

    def _spawn(self, arguments: Mapping[str, Any]) -> None:
        name = f"{self._function.__module__}.{self._function.__qualname__}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lab.process.call", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        )
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        # communicate() would wait for the result; a process that has ended already says so in its exit code.
        with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:
            pipe.write(encode(arguments))
        self._process.stdin = None


def start(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
    """Start `function`, which stands at the top of its module, in another process.

    Its arguments and its result are messages as lab.process.message describes them.
    """
    return Pending(function, inspect.signature(function).bind(*args, **kwargs).arguments)


def call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return the result of `function`, called in another process. Raises ProcessDied."""
    return start(function, *args, **kwargs).result()


def _ended(code: int) -> str:
    return f"It ended with exit code {code}." if code >= 0 else f"It was ended by signal {-code}."


def _result_type(function: Callable[..., T]) -> type[T]:
    return typing.cast(type[T], typing.get_type_hints(function)["return"])


def main() -> None:
    function: Any = locate(sys.argv[1])
    arguments = decode_arguments(function, sys.stdin.read())
    with own_output() as output:
        output.write(encode(function(**arguments)))


@contextlib.contextmanager
def own_output() -> Iterator[TextIO]:
    """Yield standard output for a result alone: what a project's code prints meanwhile goes nowhere."""
    sys.stdout.flush()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as output:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)
        yield output


if __name__ == "__main__":
    main()
