"""Observations on disk, shared by all processes of the site, and the latest of them in memory."""

import contextlib
import hashlib
import threading
from collections import OrderedDict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lab.experiment import Experiment
from lab.probe.serving import missing_here
from lab.probe.versions import versions
from lab.process.call import ROOT
from mysite.serving.atomic_write import write_whole

FILES = 2000  # at most so many observations on disk, of 10 to 200 kB each
IN_MEMORY = 128


# What an observation is made of: not the claims, not the pages, and not what is said about an observation.
SOURCES = (
    "lab/observation/__init__.py",
    "lab/observation/data.py",
    "lab/observation/normalise.py",
    "lab/experiment",
    "lab/variations",
    "lab/uploads",
    "lab/project",
    "lab/process",
    "lab/probe",
    # lab.project.nginx_conf puts these into a project.
    "deploy/nginx.conf",
    "deploy/errors",
    "mysite/serving/nginx.py",
)
# Packages that answer requests or read uploads, beside those that an observation names in its versions.
PACKAGES = ("asgiref", "Brotli", "Pillow", "gunicorn", "uvicorn", "h11", "django-storages", "boto3")


def engine_files(root: Path) -> list[Path]:
    """Return the files that decide what an experiment observes, in a fixed order."""
    found = [
        path for name in SOURCES for path in ((root / name).rglob("*") if (root / name).is_dir() else [root / name])
    ]
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")


@cache
def engine_hash(root: Path = ROOT) -> str:
    """Return a hash of the engine's source and packages: another engine may observe something else."""
    digest = hashlib.sha256()
    for path in engine_files(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for package in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{package}=={version(package)}\n".encode())
    return digest.hexdigest()


def cache_key(experiment: Experiment) -> str:
    """Return a file name for this experiment's observation with these versions and this engine, on this machine."""
    parts = (experiment.query, str(versions().to_dict()), engine_hash(), missing_here(experiment))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


class Cache:
    """Texts by key. A folder that cannot be written, or a full disk, costs speed and nothing else."""

    def __init__(self, folder: Path, *, files: int = FILES) -> None:
        self._folder = folder
        self._files = files
        self._memory: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()
        self._written = 0

    def remembered(self, key: str) -> str | None:
        """Return the text if this process has it in memory."""
        with self._lock:
            text = self._memory.get(key)
            if text is not None:
                self._memory.move_to_end(key)
            return text

    def get(self, key: str) -> str | None:
        """Return the text, from memory or disk, or None."""
        text = self.remembered(key)
        if text is None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                text = self._path(key).read_text(encoding="utf-8")
                self._remember(key, text)
        return text

    def put(self, key: str, text: str) -> None:
        """Store the text. Other processes see the whole file or none, even if this one is killed half-way."""
        self._remember(key, text)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._path(key), text)
        except OSError:
            return
        self._written += 1
        if self._written % 50 == 1:
            self._prune()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _remember(self, key: str, text: str) -> None:
        with self._lock:
            self._memory[key] = text
            self._memory.move_to_end(key)
            while len(self._memory) > IN_MEMORY:
                self._memory.popitem(last=False)

    def _prune(self) -> None:
        """Delete the oldest beyond the limit, and what a killed process left half written."""
        with contextlib.suppress(OSError):
            found = sorted(((path.stat().st_mtime, path) for path in self._folder.iterdir()), reverse=True)
            for _, path in found[self._files :]:
                path.unlink(missing_ok=True)
