"""The steps of a plan that are neither a command nor a request: changes of files, looks at files, and waiting."""

import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from lab.experiment.plan import WRITTEN, Action, FileChange, Look, Wait
from lab.probe.journal import Facts, Journal
from lab.uploads.picture_facts import picture_facts

HIDDEN = "hidden"


def act(action: Action, project: Path, own: Path, journal: Journal) -> None:
    """Carry the action out. A file that is not where the plan expects it is skipped: later answers show that."""
    if isinstance(action, Wait):
        journal.waited += action.seconds
    elif isinstance(action, Look):
        journal.looks[action.label] = looked(project, action)
    else:
        _change(action, project / action.path, own / HIDDEN / action.path, journal)


def _change(change: FileChange, target: Path, hidden: Path, journal: Journal) -> None:
    if change.kind in WRITTEN:
        _write(change, target, journal)
    elif change.kind == "delete":
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    else:
        source, goal = (target, hidden) if change.kind == "hide" else (hidden, target)
        if source.exists():
            goal.parent.mkdir(parents=True, exist_ok=True)
            source.rename(goal)


def _write(change: FileChange, target: Path, journal: Journal) -> None:
    text = change.text
    if change.kind != "write":
        before = target.read_text(encoding="utf-8", errors="replace") if target.is_file() else ""
        if change.kind == "replace":
            text = before.replace(change.old, text)
        else:
            text = before + text if change.kind == "append" else text + before
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    # A minute younger than anything before: collectstatic leaves alone what is not younger than its copy.
    journal.changes += 1
    written = time.time() + 60 * journal.changes
    os.utime(target, (written, written))


def looked(project: Path, look: Look) -> Facts:
    """Return what a look finds: see docs/exercises.md."""
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
        "kinds": _list(dict.fromkeys(facts["kind"] or "other" for facts in pictures)),
        "sizes": _list(dict.fromkeys(facts["size"] for facts in pictures if facts["size"])),
        "gps": None if not pictures else "yes" if any(facts["gps"] == "yes" for facts in pictures) else "no",
    }


def _list(items: Iterable[str]) -> str | None:
    """Return the items joined by commas; None without any."""
    return ", ".join(items) or None
