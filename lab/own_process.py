"""A function call in a process of its own: forked where there is fork, in a fresh interpreter elsewhere."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from lab.limits import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
FORK = hasattr(os, "fork")


class ProcessDied(RuntimeError):
    """The process ended without a result."""


def call(function: str, **arguments: Any) -> Any:
    """The result of `function` ("module:name"), called in another process. Arguments and result are JSON values.

    Raises ProcessDied, with what was printed where that is known.
    """
    if FORK:
        return _forked(function, arguments)
    done = subprocess.run(
        [sys.executable, "-m", "lab.own_process", function],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        raise ProcessDied(done.stderr)
    return json.loads(done.stdout)


def _resolve(function: str) -> Any:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


def _forked(function: str, arguments: dict[str, Any]) -> Any:
    target = _resolve(function)
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            die_with_parent(parent)
            result = json.dumps(target(**arguments)).encode()
            with open(writing, "wb") as pipe:  # noqa: PTH123 - a descriptor, not a path
                pipe.write(result)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123
        result = pipe.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise ProcessDied(f"{function} ended with status {status}")
    return json.loads(result)


def main() -> None:
    arguments = json.load(sys.stdin)
    result = _resolve(sys.argv[1])(**arguments)
    sys.__stdout__.write(json.dumps(result))  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
