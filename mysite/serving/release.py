"""Releases: what STATIC_ROOT was, is, and becomes in one step.

collectstatic writes into the live folder and can be stopped half-way; a missing or empty staticfiles.json then breaks
every page, and every later collectstatic too. So STATIC_ROOT is a symbolic link:

    staticfiles                       -> .staticfiles.releases/7
    .staticfiles.releases/7/             what is served
    .staticfiles.releases/7.fingerprint  of what it was made, so that nothing is collected twice
    .staticfiles.releases/6/, 5/         the ones before: a page that was loaded then still asks for their hashed files
    .staticfiles.releases/8.new/         being filled, or what an interrupted run left

A release is filled beside the others, named when it is complete, and goes live when the link is replaced, which is one
step of the file system. Where there are no links (Windows wants a privilege for them) two renames have to do.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

KEEP = 3  # releases whose hashed files are served: longer than any page stays open in a browser or a cache


class InTheWay(RuntimeError):
    """STATIC_ROOT is something that cannot be replaced; the message says what to do."""


@dataclass(frozen=True)
class Sources:
    """Two hashes: over the files that the finders give, and over all else that decides how they come out."""

    files: str
    facts: str


class Releases:
    """STATIC_ROOT with the folder of releases beside it."""

    def __init__(self, root: Path, keep: int = KEEP) -> None:
        while root.is_symlink() and not root.readlink().parent.name.endswith(".releases"):
            root = root.parent / root.readlink()  # somebody's own link stays as it is; the folder it leads to is ours
        self.root = root
        self.keep = keep
        self.folder = root.with_name(f".{root.name}.releases")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """One run at a time; the system lets go of the lock however the run ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def current(self) -> Path | None:
        """The release that is served."""
        if self.root.is_symlink():
            target = self.folder / self.root.readlink().name
            return target if target.is_dir() else None
        return self.root if self.root.is_dir() else None

    def is_made_of(self, sources: Sources) -> bool:
        """Whether what is served still is, byte for byte, what was made from these sources."""
        return self._unaltered() == sources

    def to_take_from(self, sources: Sources) -> Path | None:
        """The live release, when its compressed files may be used again: unaltered, and made in the same way."""
        made_of = self._unaltered()
        return self.current() if made_of and made_of.facts == sources.facts else None

    def _unaltered(self) -> Sources | None:
        """What the live release was made of; None when it has changed since, or nobody knows."""
        current = self.current()
        try:
            if current is None:
                return None
            files, facts, content = self._fingerprint(current).read_text().split()
        except (OSError, ValueError):
            return None
        return Sources(files, facts) if content == content_of(current) else None

    def begin(self) -> Path:
        """Mends and clears away what an interrupted run left; returns the folder to fill, which does not exist yet."""
        complete = self._complete()
        if self.current() is None and complete:  # stopped between two renames: the release before it goes live again
            self._go_live(complete[-1])
        if self.root.is_symlink():
            for release in complete:
                if int(release.name) > int(self.root.readlink().name):  # complete, but never live
                    self._drop(release)
        for entry in list(self.folder.iterdir()):
            if entry.suffix in (".new", ".gone") or entry.is_symlink():
                remove(entry)
        return self.folder / f"{self._last_number() + 1}.new"

    def finish(self, new: Path, sources: Sources) -> None:
        """Adds the hashed files of the releases before, makes the filled folder the live one, and drops the oldest."""
        new.mkdir(exist_ok=True)  # a project without a single static file
        for old in self._served_before()[-(self.keep - 1) :] if self.keep > 1 else []:
            add_missing(new, old, hashed_files(old))
        done = new.with_suffix("")
        self._fingerprint(done).write_text(f"{sources.files} {sources.facts} {content_of(new)}\n")
        new.rename(done)
        self._go_live(done)
        for old in self._complete()[: -self.keep]:
            self._drop(old)

    def _served_before(self) -> list[Path]:
        """Oldest first. Before the first release that is what collectstatic left in STATIC_ROOT."""
        current = self.current()
        return self._complete() or ([current] if current else [])

    def _complete(self) -> list[Path]:
        numbered = [entry for entry in self.folder.iterdir() if entry.name.isdecimal() and entry.is_dir()]
        return sorted(numbered, key=lambda entry: int(entry.name))

    def _last_number(self) -> int:
        return max((int(entry.name) for entry in self._complete()), default=0)

    def _fingerprint(self, release: Path) -> Path:
        name = release.name if release.parent == self.folder else "live"
        return self.folder / f"{name}.fingerprint"

    def _go_live(self, release: Path) -> None:
        new = self.folder / "live.new"
        remove(new)
        try:
            new.symlink_to(Path(self.folder.name) / release.name, target_is_directory=True)
        except OSError:  # no links here
            shutil.copytree(release, new, copy_function=link_or_copy)
            shutil.copyfile(self._fingerprint(release), self._fingerprint(self.root))
        aside = self.folder / "live.gone"
        if self.root.is_dir() and not self.root.is_symlink():  # the one case with a moment without STATIC_ROOT
            remove(aside)
            try:
                self.root.rename(aside)
            except OSError as error:
                raise InTheWay(
                    f"{self.root} cannot be replaced ({error.strerror}); it may be a mounted volume. "
                    "Let STATIC_ROOT be a folder inside of it."
                ) from error
        new.replace(self.root)
        remove(aside)

    def _drop(self, release: Path) -> None:
        """Out of the list first: a release that is half removed must not look like a whole one."""
        gone = release.with_suffix(".gone")
        release.rename(gone)
        remove(gone)
        self._fingerprint(release).unlink(missing_ok=True)


def hashed_files(release: Path) -> list[str]:
    """The names that pages of this release may hold, compressed ones too. None where nothing is hashed."""
    try:
        names = json.loads((release / "staticfiles.json").read_text())["paths"].values()
    except (OSError, ValueError, LookupError):
        return []
    return [name + ending for name in names for ending in ("", ".gz", ".br")]


def add_missing(new: Path, old: Path, names: Iterable[str]) -> None:
    """No copies: the files are never written to again, so two releases can share them."""
    for name in names:
        target, source = new / name, old / name
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(source, target)


def link_or_copy(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a disk without links
        shutil.copy2(source, target)


def remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)


def content_of(release: Path) -> str:
    files = sorted(path for path in release.rglob("*") if path.is_file())
    return digest((str(path.relative_to(release)), path) for path in files)


def digest(files: Iterable[tuple[str, Path]], facts: str = "") -> str:
    """One hash over names, contents and `facts`. Contents, not dates: a swap of two apps can let an older file win."""
    total = hashlib.sha256(facts.encode())
    for name, path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()
