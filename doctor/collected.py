"""What the finders find, and whether STATIC_ROOT still holds it. Reads every static file: not for each start."""

import filecmp
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import checks
from .case import Case, named
from .finding import Finding, found

HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.|$)")
KEEP_BYTES = (  # their unhashed copy is the source, byte for byte; another storage may rewrite what it stores
    "django.contrib.staticfiles.storage.StaticFilesStorage",
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "whitenoise.storage.CompressedStaticFilesStorage",
    "whitenoise.storage.CompressedManifestStaticFilesStorage",
)


@dataclass(frozen=True)
class Found:
    """One file of a finder: `path` is what {% static %} would call it."""

    path: str
    source: Path


def clashes(files: Sequence[Found], known: Collection[str], shown: Path) -> Iterator[Finding]:
    """`files` in the finders' order: of files with one path the first wins. `known` are paths that clash on purpose."""
    by_path: dict[str, list[Path]] = {}
    for file in files:
        sources = by_path.setdefault(file.path, [])
        if file.source not in sources:
            sources.append(file.source)
    for path, (winner, *losers) in by_path.items():
        if losers and path not in known:
            yield found(
                checks.CLASH,
                count=len(losers) + 1,
                path=path,
                winner=short(winner, shown),
                losers=named(short(loser, shown) for loser in losers),
            )


def short(place: Path, folder: Path) -> str:
    """A path from the project, or from the installed packages, on."""
    parts = place.parts
    for packages in ("site-packages", "dist-packages"):
        if packages in parts:
            return "/".join(parts[parts.index(packages) + 1 :])
    try:
        return place.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return place.as_posix()


def drift(case: Case, files: Sequence[Found]) -> Iterator[Finding]:
    """Says nothing where STATIC_ROOT is empty or does not exist: nothing has been collected yet."""
    root, backend = case.static_root, case.backend("staticfiles")
    if root is None or backend.rpartition(".")[2].startswith("S3") or not root.is_dir():
        return
    there = set(_files(root, without=case.media_root))
    if not there:
        return
    winners: dict[str, Path] = {}
    for file in files:
        winners.setdefault(file.path, file.source)
    only_hashed = bool(case.get("WHITENOISE_KEEP_ONLY_HASHED_FILES"))
    hashes = {HASHED.sub("", path) for path in there} if only_hashed else set()
    missing = [path for path in winners if path not in there and path not in hashes]
    stale = [
        path
        for path, source in winners.items()
        if path in there and backend in KEEP_BYTES and not filecmp.cmp(source, root / path, shallow=False)
    ]
    extra = [path for path in there if path not in winners and not _made(path, winners)]
    for check, paths in ((checks.NOT_COLLECTED, missing), (checks.STALE, stale), (checks.WITHOUT_SOURCE, extra)):
        if paths:
            files_are = "1 static file is" if len(paths) == 1 else f"{len(paths)} static files are"
            yield found(check, files_are=files_are, names=named(sorted(paths)))


def _files(root: Path, without: Path | None) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        if without is not None and Path(folder).is_relative_to(without):
            continue
        for name in names:
            if not name.startswith("."):
                yield (Path(folder) / name).relative_to(root).as_posix()


def _made(path: str, winners: Collection[str]) -> bool:
    """Whether a storage wrote the file beside the sources: hashed (in older releases, too), packed, the manifest."""
    plain = re.sub(r"\.(gz|br|zst)$", "", path)
    return bool(HASHED.search(plain)) or plain == "staticfiles.json" or (plain != path and plain in winners)


def manifest(case: Case) -> Iterator[Finding]:
    """A hashed storage reads its manifest only with DEBUG off."""
    root = case.static_root
    name = case.backend("staticfiles").rpartition(".")[2]
    if case.get("DEBUG") or root is None or not name.endswith("ManifestStaticFilesStorage"):
        return
    if name.startswith("S3") or (root / "staticfiles.json").is_file():
        return
    if not root.is_dir() or not any(root.iterdir()):
        yield found(checks.NOTHING_COLLECTED)
        return
    yield found(checks.NO_MANIFEST)
