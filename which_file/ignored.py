"""Source files that .gitignore keeps out of the repository, and so out of every deployment."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import checks
from .case import Case, named, real, within
from .collected import Found, short
from .finding import Finding, found

BUILDERS = {"package.json", "webpack.config.js", "gulpfile.js", "Gruntfile.js", "tailwind.config.js", "deno.json"}


def examine(case: Case, files: Sequence[Found], root: Path) -> Iterator[Finding]:
    """Says nothing without git, and nothing about a folder that is ignored as a whole where a build may fill it."""
    ours = [file.source for file in files if case.is_ours(file.source)]
    if not ours or not (root / ".git").exists():
        return
    static = case.static_root
    ours = [file for file in ours if not (static and within(real(file), static))]
    try:
        answer = subprocess.run(
            ["git", "check-ignore", "-v", "--stdin", "-z"],  # noqa: S607 - the git that the person uses
            cwd=str(root),
            input="\0".join(str(file) for file in ours).encode(),
            capture_output=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return
    fields = answer.stdout.decode("utf-8", "replace").split("\0")
    by_rule: dict[tuple[str, str, str], list[Path]] = {}
    for place in range(0, len(fields) - 3, 4):
        source, line, rule, file = fields[place : place + 4]
        if not rule.startswith("!"):
            by_rule.setdefault((source, line, rule), []).append(Path(file))
    built = any(file.name in BUILDERS for file in case.files)
    roots = {real(folder) for _, folder in case.source_folders()}
    written = {real(folder / "static") for _, folder in case.own_apps()} if not built else set()
    for (source, line, rule), swallowed in by_rule.items():
        above = {one for file in swallowed for one in roots if within(real(file), one)}
        whole = any(_all_of(folder, swallowed, ours) for folder in above)
        by_chance = above <= written and "/" not in rule[:-1]  # meant for another folder of that name
        if not source or (whole and not by_chance):
            continue
        files_are = "1 static file is" if len(swallowed) == 1 else f"{len(swallowed)} static files are"
        at = (short(root / source, case.folder), int(line or 0))
        names = named((short(file, case.folder) for file in swallowed), 3)
        yield found(checks.FILE_NOT_IN_GIT, at=at, files_are=files_are, rule=rule, ignore=source, names=names)


def _all_of(folder: Path, swallowed: Sequence[Path], ours: Sequence[Path]) -> bool:
    inside = {file for file in ours if within(real(file), folder)}
    return inside <= set(swallowed)
