#!/usr/bin/env python3
"""Sets this site up and starts it; standard library only.

    python3 start.py [--port N]           development on port N (8000), production on N+1, behind nginx on N+2
    python3 start.py test [pytest args]   every test, those in a browser too

It may be stopped at any moment and started again: a stamp inside .venv says what was finished, and is written last.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (older Pythons do come here, and must be able to read this whole file)
    sys.exit(
        "This site needs Python 3.11 or newer; this is Python %d.%d (%s).\n"  # noqa: UP031
        "Get one from https://www.python.org/downloads/ or your system's packages,\n"
        "then start with its name, for example: python3.13 start.py" % (*sys.version_info[:2], sys.executable)
    )

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from mysite.machine import browser
from mysite.machine.environment import Environment
from mysite.machine.installation import install_missing
from mysite.machine.needs import BROWSER
from mysite.serving import ports, sidebyside
from mysite.serving.atomic_write import write_whole

ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ("requirements.txt",)
TEST_REQUIREMENTS = ("requirements.txt", "requirements-cloud.txt", "requirements-dev.txt")
# A process of tests for each core; tests/conftest.py says which of them share one, because they share servers.
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")
NEWS = 80  # characters of a command's last line: pip names sixty packages in one
TICK_SECONDS = 10  # how often a long step is mentioned again where no line can be rewritten


class SetupError(Exception):
    """A step that did not work: what happened, then what to try. Shown without a traceback."""


def main(arguments: Sequence[str]) -> int:
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, stop)
    venv = Venv(ROOT / os.environ.get("START_VENV", ".venv"))
    try:
        if arguments[:1] == ["test"]:
            return test(venv, arguments[1:])
        return serve(venv, parse(arguments))
    except SetupError as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{error}\n{advice(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next `python3 start.py` goes on from here.", file=sys.stderr)
        return 130


def stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Sets this site up and serves it: development on PORT, production on PORT+1, with nginx on PORT+2.",
        epilog="`start.py test [pytest args]` runs every test instead.",
    )
    parser.add_argument("--port", type=int, default=8000, help="development's port (default: 8000)")
    parser.add_argument("--media-origin", action="store_true", help="serve uploads from an origin of their own, PORT+3")
    return parser.parse_args(arguments)


def serve(venv: "Venv", options: argparse.Namespace) -> int:
    complaint = ports.complaint(options.port, sidebyside.ports_needed(media_origin=options.media_origin))
    if complaint:  # told now rather than after the installation
        raise SetupError(complaint)
    venv.ensure(REQUIREMENTS)
    migrate(venv)
    # The photos are not needed for the first page: they are drawn while it is being read.
    return sidebyside.run(
        ROOT, str(venv.python), options.port, prepare=["sample_photos"], media_origin=options.media_origin
    )


def migrate(venv: "Venv") -> None:
    """Updates the database. A mistake in the learner's code does not stop us: runserver shows it, and waits."""
    try:
        run("Database", [str(venv.python), "manage.py", "migrate", "--verbosity", "0"])
    except StepError as error:
        print(error.tail(), file=sys.stderr)
        print("The database is not up to date; the lines above say why. Going on without.\n", file=sys.stderr)


def test(venv: "Venv", arguments: Sequence[str]) -> int:
    venv.ensure(TEST_REQUIREMENTS)
    environment = Environment.at(venv.folder, venv.python)
    missing = install_missing(environment, attempt)
    if missing:
        names = ", ".join(need.name for need in missing)
        print(f"Not on this machine: {names}. Tests that need one are left out; the last lines say how to get it.\n")
        sys.stdout.flush()  # before what pytest prints
    environ = dict(os.environ)
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would each compile this site again
    if BROWSER not in missing:
        environ["BROWSER_EXECUTABLE"] = browser.find(environment.packages) or browser.PLAYWRIGHTS_OWN
    few = any((ROOT / argument.partition("::")[0]).is_file() for argument in arguments)  # not worth more processes
    command = [str(venv.python), "-m", "pytest", *(() if few else SIDE_BY_SIDE), *arguments]
    return subprocess.run(command, env=environ, check=False).returncode


class Venv:
    """The virtual environment, and the stamp in it: for which Python and which requirements it was finished."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        self._stamp = folder / "start-stamp.json"

    def ensure(self, requirements: Sequence[str]) -> None:
        """Makes and fills the environment unless that is done. What cannot be trusted is made anew, not mended."""
        finished = self._finished()
        wanted = {name: fingerprint(name) for name in requirements}
        if all(finished.get(name) == value for name, value in wanted.items()) and finished:
            return
        self._stamp.unlink(missing_ok=True)  # from here on, until the end, it is half-made
        uv = shutil.which("uv")
        if not finished:
            self._make(uv)
        self._install(uv, requirements[-1])  # the last one includes the others
        stamp = json.dumps({**finished, "interpreter": interpreter(self.folder), **wanted})
        write_whole(self._stamp, stamp, mode=0o666)

    def _finished(self) -> dict[str, str]:
        """What the stamp says; empty when there is none, or when it speaks of another Python or another place."""
        try:
            stamp = json.loads(self._stamp.read_text())
        except (OSError, ValueError):
            return {}
        usable = isinstance(stamp, dict) and self.python.exists()  # a link to a Python that has gone does not exist
        return stamp if usable and stamp.get("interpreter") == interpreter(self.folder) else {}

    def _make(self, uv: str | None) -> None:
        missing = missing_for_venv()
        if missing and not uv:
            raise SetupError(missing)
        clear(self.folder)
        base = base_python()
        by_uv = [uv or "", "venv", "--quiet", "--seed", "--python", base, str(self.folder)]
        by_venv = [base, "-m", "venv", str(self.folder)]
        self._run_either("Virtual environment", by_uv if uv else None, by_venv)

    def _install(self, uv: str | None, requirements: str) -> None:
        by_uv = [uv or "", "pip", "install", "--python", str(self.python), "-r", requirements]
        by_pip = [
            *(str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
            *("--progress-bar", "off", "-r", requirements),
        ]
        self._run_either(f"Packages of {requirements}", by_uv if uv else None, by_pip)

    def _run_either(self, title: str, by_uv: Sequence[str] | None, otherwise: Sequence[str]) -> None:
        """Tries uv if there is one, and the standard way when it fails: uv has proxy and mirror settings of its own."""
        if by_uv:
            try:
                return run(title, by_uv)
            except StepError:
                print("  uv could not do it; the standard way comes next.", flush=True)
        try:
            run(title, otherwise)
        except StepError as error:
            raise SetupError(f"{error.tail()}\n\n{title}: that failed. {advice(error.output)}") from None


def clear(folder: Path) -> None:
    """Empties a folder that may also be a file or a dead link by now. It stays itself: it may be a mounted volume."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()


def interpreter(folder: Path) -> str:
    """Which Python an environment belongs to, and where it lies: its scripts name that place, so it cannot be moved."""
    return f"{sys.version} in {sys.base_prefix} for {folder}"


def base_python() -> str:
    """The interpreter outside any virtual environment, also when someone starts us with .venv's own."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def fingerprint(requirements: str) -> str:
    """Of the file together with the runtime pins, which every other one includes."""
    contents = [(ROOT / name).read_bytes() for name in dict.fromkeys([*REQUIREMENTS, requirements])]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()


def missing_for_venv() -> str | None:
    """Debian and Ubuntu ship Python without the module that puts pip into a new environment."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return None
    package = "python%d.%d-venv" % sys.version_info[:2]  # noqa: UP031
    return (
        f"This Python ({sys.executable}) cannot make a virtual environment: a part of it is missing.\n"
        f"On Debian and Ubuntu that part is a package of its own. Install it, then start again:\n\n"
        f"    sudo apt install {package}        (or: sudo apt install python3-venv)\n"
    )


class StepError(Exception):
    """A command that ended with a failure; `output` is all it printed."""

    def __init__(self, output: str) -> None:
        self.output = output

    def tail(self, lines: int = 15) -> str:
        return "\n".join("  | " + line for line in self.output.rstrip().splitlines()[-lines:])


def run(title: str, argv: Sequence[str], env: Mapping[str, str] | None = None, *, news: bool = True) -> None:
    """Runs a command while saying that it goes on, with its last line as `news`.

    Raises StepError, and SetupError when it cannot even be started.
    """
    begun = time.monotonic()
    try:
        process = subprocess.Popen(
            argv,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise SetupError(f"{argv[0]} could not be started: {error}. {advice(str(error))}") from None
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()), daemon=True)
    reader.start()
    progress = Progress(title)
    try:
        while True:
            try:
                code = process.wait(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                progress.tick(time.monotonic() - begun, lines[-1] if news and lines else "")
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        progress.end("stopped")
        raise
    reader.join(timeout=1)
    progress.end(f"{'done' if code == 0 else 'failed'} in {time.monotonic() - begun:.1f} s")
    if code != 0:
        raise StepError("".join(lines))


def attempt(title: str, argv: Sequence[str]) -> bool:
    """Runs a command that something else can stand in for; returns whether it succeeded. A failure is one line."""
    try:
        run(title, argv, news=False)
    except (StepError, SetupError):
        return False
    return True


class Progress:
    """One line, rewritten on a terminal; elsewhere a line now and then. A step under half a second stays silent."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._terminal = sys.stdout.isatty()
        self._shown = 0.0

    def tick(self, seconds: float, news: str) -> None:
        if self._terminal and seconds > 0.5:
            width = shutil.get_terminal_size().columns - 1
            self._shown = seconds
            print(f"\r{f'{self._title} … {seconds:.0f} s  {news.strip()}'[:width]:<{width}}", end="", flush=True)
        elif not self._terminal and ((not self._shown and seconds > 0.5) or seconds - self._shown > TICK_SECONDS):
            self._shown = seconds
            print(f"{self._title} … {seconds:.0f} s  {news.strip()[:NEWS]}".rstrip(), flush=True)

    def end(self, outcome: str) -> None:
        if not self._shown:
            return
        line = f"{self._title}: {outcome}"
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            line = f"\r{line[:width]:<{width}}"
        print(line, flush=True)


def advice(output: str) -> str:
    """What to try, from the words of the failure."""
    said = output.lower()
    if any(word in said for word in ("no space left", "errno 28", "disk quota", "disk full")):
        return "The disk is full: make room, then start again."
    if any(
        word in said
        for word in ("connection", "resolve", "timed out", "proxy", "ssl", "unreachable", "from versions: none")
    ):
        return (
            "The packages could not be fetched: check the network (and the proxy, if you need one), then start again."
        )
    if "permission" in said or "read-only" in said:
        return f"Something may not be written: check who owns {ROOT}, then start again."
    return "Start again; if it fails in the same way, the lines above say more."


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
