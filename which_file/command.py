"""The program `which-file`: doctor, xray, why, explain. `which-file` alone is the doctor in this folder."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import __version__, checks, report
from .visit import SECONDS, visit

NOTHING, FINDINGS, NOT_EXAMINED = 0, 1, 2
EXAMPLE = checks.NOBODY_SERVES_STATIC.id.rpartition(".")[2]
COMMANDS = ("doctor", "xray", "why", "explain")


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    command = words.pop(0) if words[:1] and words[0] in COMMANDS else "doctor"
    try:
        if command == "xray":
            from .xray import terminal as xray

            return xray.main(words)
        if command == "why":
            from .why import terminal

            return terminal.main(words)
        return explain(words) if command == "explain" else doctor(words)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOTHING
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="which-file",
        description="Tell who serves the static and media files of a Django project, what is wrong, and how to fix it. "
        "Runs the project's own settings, models and URLs in a process of its own; writes nothing.",
        epilog="Also: which-file xray URL, which-file why MESSAGE, which-file explain ID. "
        "Exit status: 0 nothing to do, 1 findings, 2 could not examine.",
    )
    made.add_argument("folder", nargs="?", type=Path, default=Path(), help="the project's folder (default: this one)")
    made.add_argument(
        "--settings",
        action="append",
        default=[],
        metavar="MODULE",
        help="a settings module; may be repeated (default: all that matter)",
    )
    made.add_argument("--production", action="store_true", help="take DEBUG as off")
    made.add_argument("--python", metavar="PATH", help="the project's Python (default: its .venv, poetry's, …)")
    made.add_argument(
        "--env-file",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="variables for the settings, one NAME=value a line",
    )
    made.add_argument("--format", choices=["text", "json", "github", "sarif"], default="text")
    made.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="IDS",
        help=f"only these: {EXAMPLE}, or all of a group: {EXAMPLE[:3]}",
    )
    made.add_argument("--ignore", action="append", default=[], metavar="IDS", help="all but these")
    made.add_argument(
        "--baseline", type=Path, metavar="FILE", help="leave out what is in FILE; write it where it does not exist"
    )
    made.add_argument(
        "--fix", action="store_true", help="print a diff of what can be fixed mechanically; nothing is written"
    )
    made.add_argument("--list", action="store_true", help="list all checks")
    made.add_argument(
        "--seconds",
        type=float,
        default=SECONDS,
        metavar="N",
        help=f"the time that the project gets (default: {SECONDS})",
    )
    made.add_argument("--no-color", action="store_true", help="plain text (NO_COLOR does the same)")
    made.add_argument("--version", action="version", version=f"which-file {__version__}")
    return made


def doctor(words: Sequence[str]) -> int:
    options = parser().parse_args(words)
    if options.list:
        return listed(options.format)
    select, ignore = _ids(options.select), _ids(options.ignore)
    for word in (*select, *ignore):
        if not any(_fits(check.id, word) for check in checks.CHECKS) and "." not in word:
            return _refused(f"There is no check {word}: see which-file --list.")
    for file in options.env_file:
        if not file.is_file():
            return _refused(f"There is no file {file}.")
    try:
        known = report.read_baseline(options.baseline) if options.baseline else None
    except (ValueError, KeyError, TypeError) as error:
        return _refused(f"The baseline cannot be read: {error}")
    result = visit(
        options.folder,
        options.settings,
        production=options.production,
        python=options.python,
        env_files=options.env_file,
        seconds=options.seconds,
    )
    findings = [
        one
        for one in result.findings
        if (not select or any(_fits(one["id"], word) for word in select))
        and not any(_fits(one["id"], word) for word in ignore)
        and (known is None or report.fingerprint(one) not in known)
    ]
    if options.baseline and known is None and result.examined:
        report.write_baseline(options.baseline, findings)
        print(f"{options.baseline} now knows {len(findings)} findings.", file=sys.stderr)
        findings = []
    if options.fix:
        print(report.diff(findings, result.folder), end="")
    elif options.format == "json":
        print(report.as_json(result, findings))
    elif options.format == "github":
        if findings:
            print(report.github(findings, result.folder))
    elif options.format == "sarif":
        print(report.sarif(findings, result.folder))
    else:
        on = sys.stdout.isatty() and not options.no_color and "NO_COLOR" not in os.environ
        print(report.text(result, findings, report.Paint(on=on)))
    return status(result.examined, findings, explicit=bool(options.settings))


def status(examined: bool, findings: Sequence[Mapping[str, Any]], *, explicit: bool) -> int:
    """Remarks (INFO) are nothing to do. A module that was named and did not load counts as not examined."""
    failed = {check.id for check in checks.NOT_EXAMINED}
    if not examined or (explicit and any(one["id"] in failed for one in findings)):
        return NOT_EXAMINED
    if any(one["id"] == checks.EXAMINATION_FAILED.id for one in findings):
        return NOT_EXAMINED
    return FINDINGS if any(one["level"] != "INFO" for one in findings) else NOTHING


def _ids(options: Sequence[str]) -> list[str]:
    return [word.strip() for option in options for word in option.split(",") if word.strip()]


def _fits(id_: str, word: str) -> bool:
    """By the beginning, as ruff does it: a letter and two digits are a group. Django's own are named whole."""
    return id_.startswith(word) or (id_.startswith("which_file.") and id_.rpartition(".")[2].startswith(word.upper()))


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return NOT_EXAMINED


def listed(format_: str) -> int:
    if format_ == "json":
        print(
            json.dumps(
                [
                    {"id": check.id, "level": check.level, "outline": text}
                    for check in checks.CHECKS
                    for text in check.outlines()
                ],
                indent=1,
            )
        )
    else:
        for check in checks.CHECKS:
            for text in check.outlines():
                print(f"{check.id.rpartition('.')[2]}  {text}")
    return NOTHING


def explain(words: Sequence[str]) -> int:
    made = argparse.ArgumentParser(prog="which-file explain", description="What a check looks for, why, and the fix.")
    made.add_argument("id", help=f"such as {EXAMPLE}")
    options = made.parse_args(words)
    check = checks.by_id(options.id)
    if check is None:
        return _refused(f"There is no check {options.id}: see which-file --list.")
    from .why.terminal import explained

    print("\n".join(explained(check)))
    return NOTHING
