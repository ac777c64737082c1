"""What the finders find, and whether STATIC_ROOT still holds it. Reads every static file: not for each start."""

from __future__ import annotations

import filecmp
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import backends, checks
from .case import Case, named, within
from .finding import Finding, found
from .tree import root_of

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


def clashes(
    files: Sequence[Found], known: Collection[str], shown: Path, is_ours: Callable[[Path], bool] = bool
) -> Iterator[Finding]:
    """`files` in the finders' order: of files with one path the first wins. `known` are paths that clash on purpose.

    A clash is a finding where a file of the project loses to another app. A file of a package that the project or
    another package overrides is meant so.
    """
    by_path: dict[str, list[Path]] = {}
    for file in files:
        sources = by_path.setdefault(file.path, [])
        if file.source not in sources:
            sources.append(file.source)
    lost: dict[tuple[str, ...], list[str]] = {}
    for path, (winner, *losers) in by_path.items():
        ours = [loser for loser in losers if is_ours(loser) and not _same(winner, loser)]
        if ours and path not in known:
            folders = tuple(short(_above(place, path), shown) for place in (winner, *ours))
            lost.setdefault(folders, []).append(path)
    for folders, paths in lost.items():
        path, count = paths[0], len(folders)
        first, *others = (f"{folder}/{path}" for folder in folders)
        yield found(
            checks.CLASH,
            count=count,
            path=path,
            winner=first,
            losers=named(others),
            more="" if len(paths) == 1 else f" So it is with {len(paths) - 1} more: {named(paths[1:], 3)}.",
        )


def _above(place: Path, path: str) -> Path:
    """The folder in which a finder found `path`."""
    for _ in path.split("/"):
        place = place.parent
    return place


def _same(first: Path, second: Path) -> bool:
    try:
        return filecmp.cmp(first, second, shallow=False)
    except OSError:
        return False


def short(place: Path, folder: Path) -> str:
    """A path from the project, or from the installed packages, on; one beside it in the repository begins with ../."""
    parts = place.parts
    for packages in ("site-packages", "dist-packages"):
        if packages in parts:
            return "/".join(parts[parts.index(packages) + 1 :])
    try:
        return place.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        root = root_of(folder.resolve())
        beside = root != folder.resolve() and within(place.resolve(), root)
        return Path(os.path.relpath(place.resolve(), folder.resolve())).as_posix() if beside else place.as_posix()


def drift(case: Case, files: Sequence[Found]) -> Iterator[Finding]:
    """Says nothing where STATIC_ROOT is empty or does not exist: nothing has been collected yet."""
    root, backend = case.static_root, case.backend("staticfiles")
    if root is None or "bucket" in case.traits("staticfiles") or not root.is_dir():
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
    if any((place / "package.json").is_file() for place in (case.folder, root_of(case.folder))):
        extra = []  # a build may put its files there, and --clear would take them away
    found_paths = [(checks.NOT_COLLECTED, missing), (checks.STALE, stale), (checks.WITHOUT_SOURCE, extra)]
    for check, paths in found_paths:
        if paths:
            files_are = "1 static file is" if len(paths) == 1 else f"{len(paths)} static files are"
            also = [
                words for one, others in found_paths if one is not check and others for words in (_also(one, others),)
            ]
            yield found(check, files_are=files_are, names=named(sorted(paths)), also="".join(also))
            return  # one collectstatic --clear cures all three


def _also(check: checks.Check, paths: Sequence[str]) -> str:
    words = {checks.STALE: "have another content there", checks.WITHOUT_SOURCE: "are there without a source"}
    return f" {len(paths)} more {words[check]}." if check in words else ""


def _files(root: Path, without: Path | None) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        if without is not None and within(Path(folder), without):
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
    root, traits = case.static_root, case.traits("staticfiles")
    if case.get("DEBUG") or root is None or "manifest" not in traits or "bucket" in traits:
        return
    cls = backends.imported(case.backend("staticfiles")) if case.imports else None
    if (
        not getattr(cls, "manifest_strict", True)
        or (root / getattr(cls, "manifest_name", "staticfiles.json")).is_file()
    ):
        return
    if not root.is_dir() or not any(root.iterdir()):
        yield found(checks.NOTHING_COLLECTED)
        return
    yield found(checks.NO_MANIFEST)
