"""One experiment from its files to its observation, inside a process that has Django imported but not set up."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lab.experiment import Experiment
from lab.experiment.knobs.media_root import FOLDERS
from lab.experiment.plan import Serve
from lab.observation import Fault, Observation, RequestStep, Step, StoredFile
from lab.observation.normalise import manifest
from lab.probe.interpreter import Interpreter
from lab.probe.journal import Journal
from lab.probe.normalised import not_installed
from lab.probe.serving import missing_package
from lab.probe.versions import versions
from lab.project.files import project_files
from lab.project.plan import experiment_plan

WRITTEN = 1_704_067_200  # the project's files carry this time (2024-01-01), as if checked out long before


def observe(experiment: Experiment, folder: Path) -> Observation:
    """Run the experiment in `folder`, which must be empty and this process's own.

    Changes this process for good (working directory, sys.path, Django's settings): call it once per process. Never
    raises ServerDidNotStart; a server that fails to start is recorded in the observation.
    """
    files = project_files(experiment)
    project, own = folder / "project", folder / "own"
    prepare_folders(project, own)
    write_project(files, project)
    interpreter = Interpreter(project, own, ours=True)
    *earlier, serve = experiment_plan(experiment)
    interpreter.carry_out(earlier)
    package = missing_package(experiment)
    before = _beside_the_code(project)
    interpreter.carry_out([replace(serve, entries=()) if package and isinstance(serve, Serve) else serve])
    created = sorted(_beside_the_code(project) - before)
    return Observation(
        experiment=experiment.knobs,
        versions=versions(),
        files=files,
        steps=tuple(map(_without_place, _with_source(interpreter.journal, files))),
        static_root=tuple(stored_files(project / "staticfiles")),
        media_root=tuple(
            [_stored_file(str(project / name), name) for name in created]
            if experiment.media_root == "unset"
            else stored_files(project / FOLDERS[experiment.media_root])
        ),
        # Without its package a project fails in other words, or starts and fails in the middle.
        refused=not_installed(f"{package} is not installed here.")
        if package
        else _anywhere(interpreter.journal.refused),
    )


def _with_source(journal: Journal, files: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the steps; that of the stylesheet names the file of the project whose first line came back."""
    answer = journal.answers.get("css")
    if answer is None or answer.status != 200:
        return tuple(journal.steps)
    sources = {text.partition("\n")[0]: path for path, text in files.items() if path.endswith(".css")}
    source = sources.get(answer.text.partition("\n")[0])
    return tuple(
        replace(step, source=source) if isinstance(step, RequestStep) and step.label == "css" else step
        for step in journal.steps
    )


def _without_place(step: Step) -> Step:
    return replace(step, error=_anywhere(step.error))


def _anywhere(fault: Fault | None) -> Fault | None:
    """Return the fault without its place: where in a generated file it arose tells a reader nothing."""
    return None if fault is None else replace(fault, where="")


def prepare_folders(project: Path, own: Path) -> None:
    """Make the project's folder, and the lab's own, which also takes this process's temporary files."""
    project.mkdir(parents=True)
    (own / "tmp").mkdir(parents=True)
    tempfile.tempdir = str(own / "tmp")
    os.environ["TMPDIR"] = os.environ["HOME"] = str(own / "tmp")


def write_project(files: Mapping[str, str], folder: Path) -> None:
    """Write the project's files, all with the same modification time."""
    made: set[str] = set()
    for path, text in files.items():
        target = f"{folder}/{path}"
        parent = target.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - strings are quicker, and this runs in each experiment
            made.add(parent)
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(text.encode())
        os.utime(target, (WRITTEN, WRITTEN))


def _beside_the_code(project: Path) -> set[str]:
    """Return the files directly in the project's folder, where uploads land when MEDIA_ROOT is not set."""
    return {entry.name for entry in os.scandir(project) if entry.is_file()}


def stored_files(root: Path) -> list[StoredFile]:
    """Return the files below `root`, sorted by path; none when it is not there."""
    found = [
        os.path.join(folder, name)  # noqa: PTH118 - strings: there are hundreds of files, and pathlib takes its time
        for folder, _, names in os.walk(root)
        for name in names
    ]
    # `collectstatic --link` leaves links that lead nowhere when a source goes.
    found = [path for path in found if os.path.exists(path)]  # noqa: PTH110
    return [_stored_file(path, path[len(str(root)) + 1 :]) for path in sorted(found)]


def _stored_file(path: str, name: str) -> StoredFile:
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read()
    hashed = manifest(content) if name == "staticfiles.json" else content
    return StoredFile(name.replace(os.sep, "/"), len(content), hashlib.sha256(hashed).hexdigest())
