"""A plan carried out on a copy of a folder that somebody has written, inside a child process: see lab.checker.plan.

What comes back is an observation, whose `experiment` is empty, and facts: label -> field -> value, as docs/exercises.md
lists them.
"""

import hashlib
import os
import shlex
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.checker.picture_facts import picture_facts
from lab.checker.plan import Command, Look, Plan, Serve, Touch, Wait, parse, visits
from lab.observation import Fault, Observation, Step, step_from_dict
from lab.observation.normalise import Normaliser
from lab.probe.django_setup import milliseconds_since, prepare, run_command
from lab.probe.observe import WRITTEN, command_step, did_not_start, prepare_folders, stored_files
from lab.probe.servers import ServerDidNotStart, serving_folder
from lab.probe.versions import versions
from lab.process import own_process

FILES = 2000
BYTES = 50 * 1024 * 1024
SHOWN_BYTES = 100_000  # larger files, and those that are not text, are not shown
PASSED_OVER = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__", ".idea", ".vscode", ".pytest_cache"})
DAY = 24 * 60 * 60
COLLECTED = "staticfiles"
HIDDEN = "hidden"
SHELL_SECONDS = 45.0

Facts = dict[str, dict[str, Any]]


class FolderRefused(Exception):
    """The folder cannot be copied: it is too large, not there or not readable. The message says so in a sentence."""


def observe_folder(source: Path, steps: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, Any]:
    """Carry out `steps` on a copy of `source` in `folder`, which must not be there yet.

    Returns {"observation", "labels" (one for each of its steps), "facts", "trouble" (a sentence, or None)}.
    Raises PlanError; nothing that the copy does makes it raise.
    """
    plan = parse(steps)
    walk = Walk(folder)
    try:
        walk.copy(source)
        walk.go(plan, steps)
    except FolderRefused as refused:
        walk.trouble = str(refused)
    return walk.result()


class Walk:
    """The way through a plan. `state` is what requests know of earlier ones (see lab.checker.requests)."""

    def __init__(self, folder: Path) -> None:
        self._project, self._own = folder / "project", folder / "own"
        self._steps: list[Step] = []
        self._labels: list[str] = []
        self._facts: Facts = {}
        self._files: dict[str, str] = {}
        self._refused: Fault | None = None
        self.trouble: str | None = None
        self._state: dict[str, Any] = {"answers": {}, "caches": {}, "waited": 0.0, "touched": 0}

    def copy(self, source: Path) -> None:
        """Raises FolderRefused."""
        prepare_folders(self._project, self._own)
        if not source.is_dir():
            raise FolderRefused("The folder is not there.")
        files = total = 0
        for place, folders, names in os.walk(source):
            folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
            for name in sorted(names):
                path = Path(place, name)
                relative = path.relative_to(source).as_posix()
                status = _status(path)
                if status is None or not stat.S_ISREG(status.st_mode):
                    continue  # gone since it was listed; or a link, which may lead anywhere
                files, total = files + 1, total + status.st_size
                if files > FILES or total > BYTES:
                    raise FolderRefused(
                        f"The folder holds more than {FILES} files or {BYTES // 1024**2} MB. "
                        "Move what does not belong to the exercise elsewhere."
                    )
                target = self._project / relative
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    shutil.copyfile(path, target)
                except FileNotFoundError:
                    continue
                except PermissionError as error:
                    raise FolderRefused(f"{relative} may not be read: {error.strerror}.") from error
                written = WRITTEN + (DAY if relative.startswith(f"{COLLECTED}/") else 0)
                os.utime(target, (written, written))
                self._show(relative, target)
        if not (self._project / "manage.py").is_file():
            raise FolderRefused("manage.py is not there. Bring it back, or reset the exercise.")

    def _show(self, relative: str, path: Path) -> None:
        if path.stat().st_size <= SHOWN_BYTES and not relative.startswith(f"{COLLECTED}/"):
            content = path.read_bytes()
            if b"\0" not in content:
                self._files[relative] = content.decode("utf-8", "replace")

    def go(self, plan: Plan, steps: Sequence[Mapping[str, Any]]) -> None:
        """Every step; one that fails does not end the walk, a server that does not start does."""
        for step, table in zip(plan, steps, strict=True):
            if isinstance(step, Command):
                self._command(step)
            elif isinstance(step, Serve):
                if not self._serve(step, table):
                    return
            else:
                act(step, self._project, self._own, self._state, self._facts)

    def _command(self, command: Command) -> None:
        if command.shell:
            self._shell(command)
            return
        lines = [list(command.argv)] if command.argv else self._lines(command.file)
        exit_code, output, error = 0, "", None
        for argv in lines:
            if argv[0] != "manage.py":
                done = _not_ours(argv)
            else:
                try:
                    done = own_process.call(
                        "lab.checker.observe_folder:run_in",
                        project=str(self._project),
                        argv=argv,
                        environment=dict(command.environment),
                    )
                except own_process.ProcessDied as died:
                    done = _ended(argv, str(died))
            step = command_step(done, Normaliser(self._project))
            self._steps.append(step)
            self._labels.append(command.label)
            exit_code, error = step.exit, step.error.type if step.error else None
            output += step.stdout + step.stderr
            if exit_code != 0:
                break
        if lines:
            self._facts[command.label] = {"exit": exit_code, "output": output, "error": error}

    def _shell(self, command: Command) -> None:
        done = shell(command.shell, self._project, command.environment)
        step = command_step(done, Normaliser(self._project))
        self._steps.append(step)
        self._labels.append(command.label)
        self._facts[command.label] = {"exit": step.exit, "output": step.stdout + step.stderr, "error": None}

    def _lines(self, file: str) -> list[list[str]]:
        """The commands of that file. Without the file there are none, and whoever asks for its label finds nothing."""
        try:
            text = (self._project / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self.trouble = f"{file} is not there, or is not text."
            return []
        found = []
        for line in text.splitlines():
            try:
                words = shlex.split(line, comments=True)
            except ValueError:
                words = line.split()
            if words and words[0] in ("python", "python3", "py", "./manage.py"):
                words = ["manage.py"] if words[0] == "./manage.py" else words[1:] or ["python"]
            if words:
                found.append(words)
        return found

    def _serve(self, serve: Serve, table: Mapping[str, Any]) -> bool:
        """Whether the server started."""
        try:
            done = own_process.call(
                "lab.checker.observe_folder:phase",
                project=str(self._project),
                own=str(self._own),
                server=serve.server,
                environment=dict(serve.environment),
                requests=list(table.get("requests", ())),
                state=self._state,
            )
        except own_process.ProcessDied as died:
            self.trouble = f"The process of the server ended by itself. {died}"
            return False
        self._state = done["state"]
        self._facts.update(done["facts"])
        for label, data in done["steps"]:
            self._steps.append(step_from_dict(data))
            self._labels.append(label)
        if done["refused"] is not None:
            self._refused = Fault(**done["refused"])
        self.trouble = self.trouble or done["trouble"]
        if done["trouble"] is not None:
            self._refused = self._refusal(serve)
        return done["refused"] is None and done["trouble"] is None

    def _refusal(self, serve: Serve) -> Fault | None:
        """Why Django itself refuses the project. A server that did not start has said it too, in a long traceback."""
        try:
            refused = own_process.call(
                "lab.checker.observe_folder:refusal", project=str(self._project), environment=dict(serve.environment)
            )
        except own_process.ProcessDied:
            return None
        return None if refused is None else Fault(refused["type"], Normaliser(self._project).text(refused["message"]))

    def result(self) -> dict[str, Any]:
        observation = Observation(
            experiment={},
            versions=versions(),
            files=self._files,
            steps=tuple(self._steps),
            static_root=tuple(stored_files(self._project / COLLECTED)),
            media_root=tuple(stored_files(self._project / "uploads")),
            refused=self._refused,
        )
        return {
            "observation": observation.to_dict(),
            "labels": self._labels,
            "facts": self._facts,
            "trouble": self.trouble,
        }


def _status(path: Path) -> os.stat_result | None:
    """Of the file itself, not of what it links to; None when it is gone."""
    try:
        return path.lstat()
    except OSError:
        return None


def run_in(project: str, argv: list[str], environment: dict[str, str]) -> dict[str, Any]:
    """`lab.probe.django_setup.run_command` with further environment variables. For a process of its own."""
    os.environ.update(environment)
    return run_command(project, argv)


def refusal(project: str, environment: dict[str, str]) -> dict[str, str] | None:
    """The fault with which setting up or the checks end, or None. For a process of its own."""
    os.environ.update(environment)
    refused: dict[str, str] | None = prepare(project, None)["refused"]
    return refused


def phase(
    project: str,
    own: str,
    server: str,
    environment: dict[str, str],
    requests: list[dict[str, Any]],
    state: dict[str, Any],
) -> dict[str, Any]:
    """One server and its requests, in a process of its own.

    Returns {"steps": [[label, step]...], "facts", "state", "refused": a fault or None, "trouble": a sentence or None}.
    """
    from lab.checker.requests import Visits

    os.environ.update(environment)
    place, beside = Path(project), Path(own)
    done: dict[str, Any] = {"steps": [], "facts": {}, "state": state, "refused": None, "trouble": None}
    normaliser = Normaliser(place)
    if server.startswith("runserver"):
        done["refused"] = prepare(project, None)["refused"]
        if done["refused"] is not None:
            done["refused"]["message"] = normaliser.text(done["refused"]["message"])
            return done
    else:
        os.chdir(project)
    try:
        with serving_folder(server, place, beside) as running:
            walk = Visits(running, normaliser, state)
            for visit in visits(requests):
                if isinstance(visit, Touch | Look | Wait):
                    act(visit, place, beside, state, done["facts"])
                else:
                    step, facts = walk.make(visit)
                    done["steps"].append([visit.label, step.to_dict()])
                    done["facts"][visit.label] = facts
    except ServerDidNotStart as error:
        fault = did_not_start(normaliser.text(str(error)).strip() or "It said nothing.")
        done["trouble"] = f"The server did not start. {fault.type}: {fault.message}"
    return done


def act(action: Touch | Look | Wait, project: Path, own: Path, state: dict[str, Any], facts: Facts) -> None:
    """What is neither a command nor a request. A file that is not where the plan expects it is passed over: what is
    asked afterwards shows it."""
    if isinstance(action, Wait):
        state["waited"] += action.seconds
    elif isinstance(action, Look):
        facts[action.label] = looked(project, action)
    else:
        target, hidden = project / action.path, own / HIDDEN / action.path
        if action.kind in ("write", "append", "replace"):
            _write(action, target, state)
        elif action.kind == "delete":
            shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
        else:
            source, goal = (target, hidden) if action.kind == "hide" else (hidden, target)
            if source.exists():
                goal.parent.mkdir(parents=True, exist_ok=True)
                source.rename(goal)


def _write(touch: Touch, target: Path, state: dict[str, Any]) -> None:
    text = touch.text
    if touch.kind != "write":
        before = target.read_text(encoding="utf-8", errors="replace") if target.is_file() else ""
        text = before + text if touch.kind == "append" else before.replace(touch.old, text)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    # A minute younger than anything before: collectstatic leaves alone what is not younger than its copy.
    state["touched"] += 1
    written = time.time() + 60 * state["touched"]
    os.utime(target, (written, written))


def looked(project: Path, look: Look) -> dict[str, Any]:
    """What a look finds: see docs/exercises.md."""
    if look.pattern.endswith("**"):
        base = project / look.pattern.removesuffix("**")
        paths = sorted(path for path in base.rglob("*") if path.is_file()) if base.is_dir() else []
    else:
        paths = sorted(path for path in project.glob(look.pattern) if path.is_file())
    contents = [path.read_bytes() for path in paths]
    pictures = [picture_facts(content) for content in contents]
    return {
        "count": len(paths),
        "names": _list(path.relative_to(project).as_posix() for path in paths),
        "found": _list(text for text in look.find if any(text.encode() in content for content in contents)),
        "mode": _list({f"{stat.S_IMODE(path.stat().st_mode):04o}": None for path in paths}),
        "sha256": hashlib.sha256(b"".join(contents)).hexdigest() if contents else None,
        "kinds": _list(dict.fromkeys(facts["kind"] for facts in pictures)),
        "sizes": _list(dict.fromkeys(facts["size"] for facts in pictures if facts["size"])),
        "gps": None if not pictures else "yes" if any(facts["gps"] == "yes" for facts in pictures) else "no",
    }


def _list(items: Any) -> str | None:
    """Joined by commas; None without any."""
    return ", ".join(items) or None


def _not_ours(argv: list[str]) -> dict[str, Any]:
    said = "The checker runs lines that start with: python manage.py\n"
    return {"argv": argv, "exit": 127, "stdout": "", "stderr": said, "ms": 0.0, "error": None}


def shell(line: str, project: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Run the line by a POSIX shell in the project's folder, this Python first in its PATH; return a command step."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    began = time.perf_counter()
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=project,
        env={**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SHELL_SECONDS,
        check=False,
    )
    took = milliseconds_since(began)
    printed = {"stdout": done.stdout, "stderr": done.stderr}
    return {"argv": [line], "exit": done.returncode, **printed, "ms": took, "error": None}


def _ended(argv: list[str], why: str) -> dict[str, Any]:
    return {"argv": ["python", *argv], "exit": 1, "stdout": "", "stderr": why + "\n", "ms": 0.0, "error": None}
