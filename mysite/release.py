"""A release: the contents of STATIC_ROOT, complete or not there at all.

collectstatic writes into the live folder and can be stopped half-way; a missing or empty staticfiles.json then breaks
every page, and every later collectstatic too. So a release is collected into an empty folder beside the old one and
takes its place by renaming.
"""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path


class Release:
    """STATIC_ROOT with its two neighbours: the folder being filled, and the fingerprint of what was collected last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.new = root.with_name(f".{root.name}.new")
        self._old = root.with_name(f".{root.name}.old")
        self._fingerprint = root.with_name(f".{root.name}.fingerprint")

    def is_made_of(self, sources: str) -> bool:
        """Whether `root` still is, byte for byte, what was collected from these sources."""
        try:
            return self._fingerprint.read_text() == self._describe(sources)
        except OSError:
            return False

    def begin(self) -> None:
        """Clears away what an interrupted run left."""
        for leftover in (self.new, self._old):
            shutil.rmtree(leftover, ignore_errors=True)

    def finish(self, sources: str) -> None:
        """Puts the filled folder in the old one's place. Stopped between the renames, the next run finds no release."""
        self.new.mkdir(parents=True, exist_ok=True)  # a project without a single static file
        if self.root.exists():
            self.root.rename(self._old)
        self.new.rename(self.root)
        shutil.rmtree(self._old, ignore_errors=True)
        self._fingerprint.write_text(self._describe(sources))

    def _describe(self, sources: str) -> str:
        files = sorted(path for path in self.root.rglob("*") if path.is_file())
        return f"{sources} {digest((str(path.relative_to(self.root)), path) for path in files)}\n"


def digest(files: Iterable[tuple[str, Path]], facts: str = "") -> str:
    """One hash over names, contents and `facts`. Contents, not dates: a swap of two apps can let an older file win."""
    total = hashlib.sha256(facts.encode())
    for name, path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()
