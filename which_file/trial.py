"""A trial collectstatic: the project's real storage writes into a temporary folder, and says what it cannot do."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import backends
from .case import Case, url
from .collected import Found

MOST_FAILURES = 8
MOST_BYTES = 600_000_000


@dataclass(frozen=True)
class Failure:
    """`path` is the file whose turn it was, "" where none was; `target` the file that it asks for, "" where unknown."""

    path: str
    reason: str
    target: str = ""


class Cut(Exception):
    """The time was up before the storage had finished."""


def collect(case: Case, files: Sequence[Found], seconds: float) -> Iterator[Failure]:
    """Yield what stops the project's storage. Raises Cut. Nothing of the project's is written."""
    winners: dict[str, Path] = {}
    for file in files:
        winners.setdefault(file.path, file.source)
    if not has_work(case) or sum(_size(source) for source in winners.values()) > MOST_BYTES:
        return
    folder = tempfile.mkdtemp(prefix="which-file-")
    try:
        yield from _collect(case, winners, folder, time.monotonic() + seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_work(case: Case) -> bool:
    """Whether the storage does more than copy: only then a trial can tell anything."""
    traits = case.traits("staticfiles")
    return bool(traits & {"hashed", "manifest", "whitenoise", "other"}) or (
        "static" in traits and case.backend("staticfiles") != "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _collect(case: Case, winners: dict[str, Path], folder: str, until: float) -> Iterator[Failure]:
    storage = storage_in(case, folder)
    if storage is None or not hasattr(storage, "post_process"):
        return
    for path, source in winners.items():
        place = Path(folder, path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
        except OSError as error:
            yield Failure(path, f"{path}: {error.strerror}")
            return
        if time.monotonic() > until:
            raise Cut
    made: set[str] = set()
    for _ in range(MOST_FAILURES):
        failure = _process(storage, winners, until)
        if failure is None:
            return
        yield failure
        if not failure.target or failure.target in made or failure.target in winners:
            return
        made.add(failure.target)
        place = Path(folder, failure.target)  # with a stand-in for it, the next one can be found
        if Path(folder) not in place.resolve().parents:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"")


def storage_in(case: Case, folder: str) -> Any:
    """The project's storage with its files in `folder`; a bucket becomes Django's storage that does the same work."""
    from django.contrib.staticfiles import storage as djangos

    traits = case.traits("staticfiles")
    cls: Any = backends.imported(case.backend("staticfiles"))
    options = dict(case.storage_options("staticfiles").items())
    if "bucket" in traits or cls is None:
        if "manifest" not in traits:
            return None
        cls, options = djangos.ManifestStaticFilesStorage, {}
    options.update(location=folder, base_url=url(case.get("STATIC_URL")) or "/static/")
    return _without_compression(cls)(**options)


class NoCompressor:
    """Stands for WhiteNoise's compressor, which takes most of a collectstatic's time and refuses no file."""

    def should_compress(self, _path: str) -> bool:
        return False


def _without_compression(cls: Any) -> Any:
    """Return the class with WhiteNoise's hook for another compressor used; one of the project's own stays."""
    hook = getattr(cls, "create_compressor", None)
    if not getattr(hook, "__module__", "").startswith("whitenoise."):
        return cls
    return type(cls.__name__, (cls,), {"create_compressor": lambda *_, **__: NoCompressor()})


def _process(storage: Any, winners: dict[str, Path], until: float) -> Failure | None:
    paths = {path: (storage, path) for path in winners}
    current = ""
    try:
        for name, _, processed in storage.post_process(paths, dry_run=False):
            current = name
            if isinstance(processed, Exception):
                return _failure(name, processed)
            if time.monotonic() > until:
                raise Cut
    except Cut:
        raise
    except Exception as error:  # a storage of theirs may raise anything
        return _failure(current if current != "All" else "", error)
    return None


def _failure(name: str, error: Exception) -> Failure:
    text = str(error).strip()
    quoted = re.search(r"The file ['\"‘“]([^'\"’”]+)['\"’”] could not be found", text)
    asks = re.search(
        r"The (?:CSS|JS|\w+) file ['\"]([^'\"]+)['\"] references a file which could not be found:\s+(\S+)", text
    )
    if asks:  # WhiteNoise's own wording
        return Failure(asks[1], f"{asks[1]} asks for {asks[2]}, which is not there", asks[2])
    if quoted:
        target = quoted[1].partition("?")[0].partition("#")[0]
        return Failure(name, f"{name} asks for {quoted[1]}, which is not there", target)
    first = text.splitlines()[0] if text else type(error).__name__
    return Failure(name, f"{name + ': ' if name else ''}{type(error).__name__}: {first}")
