"""What the compressors remember, kept on disk for all processes of this user."""

import contextlib
import hashlib
import shutil
import zlib
from pathlib import Path

import brotli

from lab.engine.cache import Cache
from lab.experiment import Experiment
from lab.probe.django_setup import run_command
from lab.probe.observe import write_project
from lab.probe.versions import versions
from lab.process.call import ProcessDied, call
from lab.process.compressors import MEMORY
from lab.process.file_lock import FileLock
from lab.process.job import ExperimentJob, Job
from lab.process.scratch import lock_folder
from lab.project.files import collect_command, project_files

FILES = 8  # of as many combinations of versions, 1 MB each
PATIENCE = 15.0  # seconds, for another process that compresses just now
# It compresses all that the other knobs do, apart from the few bytes of an app.css.
TYPICAL = Experiment(storage="whitenoise-manifest", collect="yes")


def load() -> bool:
    """Remember what is on disk, once for each process. Return whether there is something to remember. Never raises."""
    if MEMORY:
        return True
    with contextlib.suppress(OSError, ValueError):
        text = cache().get(key())
        if text is not None:
            MEMORY.add_json(text)
    return bool(MEMORY)


def prepare(job: Job, folder: Path) -> None:
    """Compress the admin's files in `folder`, which is made and deleted, and keep what comes of it: before this
    machine's first job that compresses them.

    Another process that does so at this moment is waited for. What fails costs time and nothing else.
    """
    if not _compresses(job) or load():
        return
    with contextlib.suppress(OSError, ProcessDied):
        lock = FileLock(lock_folder() / f"compressed-{key()}.lock")
        if lock.acquire(PATIENCE):
            try:
                if not load():
                    text = call(collected, folder=str(folder))
                    MEMORY.add_json(text)
                    cache().put(key(), text)
            finally:
                lock.release()
                shutil.rmtree(folder, ignore_errors=True)


def _compresses(job: Job) -> bool:
    """Return whether the job collects with a storage of WhiteNoise's; of a folder, whether its settings name one."""
    if isinstance(job, ExperimentJob):
        experiment = Experiment.from_mapping(job.knobs)
        return experiment.storage.startswith("whitenoise") and experiment.collect != "no"
    with contextlib.suppress(OSError):
        return b"whitenoise.storage" in Path(job.source, "project", "settings.py").read_bytes()
    return False


def collected(folder: str) -> str:
    """Collect a project of ours in `folder`. Return what the compressors then remember. For a process of its own."""
    MEMORY.learning = True
    write_project(project_files(TYPICAL), Path(folder))
    run_command(Path(folder), tuple(collect_command(TYPICAL)))
    return MEMORY.to_json()


def cache() -> Cache:
    """Where it is kept. Raises OSError, as lab.process.scratch.private_folder does."""
    return Cache(lock_folder() / "compressed", files=FILES)


def key() -> str:
    """Return a name for the versions of all that has a part in it."""
    parts = (versions().to_dict(), brotli.__version__, zlib.ZLIB_RUNTIME_VERSION)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
