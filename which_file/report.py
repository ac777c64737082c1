"""The formats in which findings leave the program: text, json, github, sarif; the diff of the fixes; the baseline."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import __version__, checks
from .finding import SITE
from .serving import NOBODY
from .visit import Result

COLOURS = {"ERROR": "31", "WARNING": "33", "INFO": "36", "nobody": "31", "head": "1"}
WIDTH = 100


class Paint:
    """Words with the terminal's colours, or without where nobody looks at a terminal."""

    def __init__(self, *, on: bool) -> None:
        self.on = on

    def __call__(self, kind: str, words: str) -> str:
        return f"\033[{COLOURS[kind]}m{words}\033[0m" if self.on and kind in COLOURS else words


def text(result: Result, findings: Sequence[Mapping[str, Any]], paint: Paint) -> str:
    lines = [*who_serves(result, paint)]
    for finding in findings:
        place = f"{finding['file']}:{finding['line']}" if finding["line"] else finding["file"] or ""
        where = "" if _everywhere(result, finding) else f"  [{', '.join(finding['settings'])}]"
        lines.append(
            f"{paint(finding['level'], finding['level'].ljust(7))} {short_id(finding['id'])}  {place}{where}".rstrip()
        )
        lines += _wrapped(finding["message"], "        ")
        lines += _wrapped(finding["hint"], "        Fix: ", "             ") if finding["hint"] else []
        lines.append("")
    lines.append(summary(result, findings))
    return "\n".join(lines)


def _wrapped(words: str, first: str, rest: str | None = None) -> list[str]:
    after = first if rest is None else rest
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )


def short_id(id_: str) -> str:
    """The letter and the number for ours; Django's own keep their whole name."""
    return id_.replace("which_file.", "")


def _everywhere(result: Result, finding: Mapping[str, Any]) -> bool:
    return len(finding["settings"]) >= sum(column.loaded for column in result.columns) or not result.columns


def who_serves(result: Result, paint: Paint) -> list[str]:
    """Four lines for each column: who, from where, under which address, with which cache."""
    loaded = [column for column in result.columns if column.loaded]
    if not loaded:
        return []
    versions = f"Django {loaded[0].answer['django']}, Python {loaded[0].answer['python']}"
    lines = [paint("head", "Who serves it?") + f"  {result.folder}, {versions}", ""]
    kinds = ("static", "media")
    width = 46
    for column in loaded:
        debug = "DEBUG on" if column.answer["debug"] else "DEBUG off"
        title = column.settings + (", DEBUG taken as off" if column.production else f", {debug}")
        lines.append(paint("head", title))
        serves = column.answer["serves"]
        lines.append(f"           {'static files'.ljust(width)} uploads")
        for key, label in (("by", "who"), ("from", "from"), ("address", "under"), ("cache", "cache")):
            cells = [_cell(serves[kind][key], width, last=kind == "media") for kind in kinds]
            painted = [paint("nobody", cell) if cell.strip() == "nobody" else cell for cell in cells]
            lines.append(f"  {label.ljust(8)} {' '.join(painted)}".rstrip())
        lines.append("")
    return lines


def _cell(words: str, width: int, *, last: bool) -> str:
    words = words or "-"
    if last:
        return words
    return words.ljust(width) if len(words) <= width else f"{words[: width - 1]}…"


def summary(result: Result, findings: Sequence[Mapping[str, Any]]) -> str:
    if not result.examined:
        return "The project could not be examined."
    counts = {level: sum(finding["level"] == level for finding in findings) for level in ("ERROR", "WARNING", "INFO")}
    words = {"ERROR": "error", "WARNING": "warning", "INFO": "remark"}
    told = [f"{count} {words[level]}{'s' if count > 1 else ''}" for level, count in counts.items() if count]
    fixable = any(finding.get("edits") for finding in findings)
    lines = [", ".join(told) + "." if told else _nothing(result)]
    if findings:
        lines.append(
            "More about one: which-file explain ID"
            + (". A diff of what can be fixed by itself: which-file --fix" if fixable else "")
        )
    return "\n".join([*lines, f"{result.seconds:.1f} s"])


def _nothing(result: Result) -> str:
    """Nothing was found; but files that development serves and production does not are said even so."""
    static = [
        (column.answer["debug"], column.answer["serves"]["static"]["by"]) for column in result.columns if column.loaded
    ]
    if any(not debug and by == NOBODY for debug, by in static) and any(debug and by != NOBODY for debug, by in static):
        return (
            "Nothing to do in development. Before you deploy: with DEBUG off nobody serves the static files of "
            "installed apps\n(the admin's, for example). What to do then: which-file explain "
            + checks.NOBODY_SERVES_STATIC.id[-4:]
        )
    return "Nothing to do."


def as_json(result: Result, findings: Sequence[Mapping[str, Any]]) -> str:
    loaded = next((column for column in result.columns if column.loaded), None)
    examined = {
        "folder": result.folder,
        "python": result.python,
        "versions": {"python": loaded.answer["python"], "django": loaded.answer["django"]} if loaded else None,
        "settings": [
            {
                "name": column.name,
                "module": column.settings,
                "production": column.production,
                "examined": column.loaded,
                "debug": column.answer.get("debug"),
                "serves": column.answer.get("serves"),
            }
            for column in result.columns
        ],
        "missing_variables": list(result.missing),
        "seconds": round(result.seconds, 2),
    }
    return json.dumps(
        {"which_file": __version__, "examined": examined, "findings": [_public(one) for one in findings]}, indent=1
    )


def _public(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {key: finding[key] for key in ("id", "level", "message", "hint", "file", "line", "settings", "url")}


def github(findings: Iterable[Mapping[str, Any]], folder: str) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    kinds = {"ERROR": "error", "WARNING": "warning", "INFO": "notice"}
    return "\n".join(
        f"::{kinds[one['level']]} {_place_for_github(one, folder)}title={_property(short_id(one['id']))}::"
        + _data(f"{one['message']} {one['hint']}".strip())
        for one in findings
    )


def _place_for_github(finding: Mapping[str, Any], folder: str) -> str:
    if not finding["file"]:
        return ""
    place = f"file={_property(from_here(finding['file'], folder))},"
    return f"{place}line={finding['line']}," if finding["line"] else place


def from_here(file: str, folder: str) -> str:
    """The path from the folder in which the command was started, which in CI is the repository."""
    try:
        return Path(os.path.relpath(os.path.join(folder, file))).as_posix()  # noqa: PTH118
    except ValueError:  # another drive
        return file


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def sarif(findings: Sequence[Mapping[str, Any]], folder: str) -> str:
    levels = {"ERROR": "error", "WARNING": "warning", "INFO": "note"}
    rules = {one["id"]: {"id": one["id"], "helpUri": one["url"]} for one in findings}
    results = []
    for one in findings:
        entry: dict[str, Any] = {
            "ruleId": one["id"],
            "level": levels[one["level"]],
            "message": {"text": f"{one['message']} {one['hint']}".strip()},
            "partialFingerprints": {"whichFile/v1": fingerprint(one)},
        }
        physical: dict[str, Any] = {"artifactLocation": {"uri": from_here(one["file"] or "manage.py", folder)}}
        if one["line"]:
            physical["region"] = {"startLine": one["line"]}
        entry["locations"] = [{"physicalLocation": physical}]
        results.append(entry)
    driver = {"name": "which-file", "version": __version__, "informationUri": SITE, "rules": list(rules.values())}
    run = {"tool": {"driver": driver}, "results": results}
    return json.dumps(
        {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]}, indent=1
    )


# The baseline: what is known and was left for later


def fingerprint(finding: Mapping[str, Any]) -> str:
    """The same for a finding after lines were added above it: its id, file and message, without the line."""
    parts = (finding["id"], finding["file"] or "", finding["message"])
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def read_baseline(file: Path) -> frozenset[str] | None:
    """The fingerprints in a baseline; None where the file does not exist. Raises ValueError for another file."""
    if not file.exists():
        return None
    data = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or "known" not in data:
        raise ValueError(f"{file} is no baseline of which-file")
    return frozenset(str(one["fingerprint"]) for one in data["known"])


def write_baseline(file: Path, findings: Iterable[Mapping[str, Any]]) -> None:
    known = [
        {"fingerprint": fingerprint(one), "id": one["id"], "file": one["file"], "message": one["message"]}
        for one in findings
    ]
    file.write_text(json.dumps({"which_file": __version__, "known": known}, indent=1) + "\n", encoding="utf-8")


# The fixes, as a diff


def diff(findings: Iterable[Mapping[str, Any]], folder: str) -> str:
    """A patch for `git apply` or `patch -p1` in the project's folder. Nothing is written."""
    by_file: dict[str, list[tuple[int, int, list[str]]]] = {}
    for finding in findings:
        for file, first, last, lines in finding.get("edits") or ():
            edits = by_file.setdefault(file, [])
            if not any(first <= end and last >= begin for begin, end, _ in edits):
                edits.append((first, last, lines))
    parts: list[str] = []
    for file, edits in sorted(by_file.items()):
        old = Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
        new = list(old)
        for first, last, lines in sorted(edits, reverse=True):
            ending = "\r\n" if old[first - 1].endswith("\r\n") else "\n"
            new[first - 1 : last] = [line + ending for line in lines]
        name = Path(os.path.relpath(file, folder)).as_posix()
        parts += difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else line + "\n" for line in parts)
