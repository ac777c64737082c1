"""A case carried out: its two projects run for real, and what was seen of them."""

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.cases.case import Case
from lab.checker.expectation import Expectation, Facts, Judgement
from lab.checker.trial import try_folder
from lab.engine import api
from lab.experiment.plan import parse
from lab.observation import CommandStep, RequestStep

SECONDS = 90.0
ON_A_SERVER = (
    (b"/srv/shop/", b""),
    (b"listen 80;", b"listen 127.0.0.1:8080;"),
)  # of nginx.conf, whose paths are relative
MANAGE = re.compile(r"python manage\.py ([\w./:=,@% -]+)")  # nothing in it that only a shell understands
INSTALL = re.compile(r"python -m pip install (?P<packages>.+)")


@dataclass(frozen=True, slots=True)
class Run:
    """What one project did. `labels` has one label for each of `steps`; `trouble` is a sentence, or empty."""

    steps: tuple[CommandStep | RequestStep, ...]
    labels: tuple[str, ...]
    facts: Facts
    trouble: str

    def step(self, label: str) -> CommandStep | RequestStep | None:
        return next((step for name, step in zip(self.labels, self.steps, strict=True) if name == label), None)

    def judged(self, expectations: tuple[Expectation, ...]) -> tuple[Judgement, ...]:
        return tuple(expectation.judge(self.facts) for expectation in expectations)


def failing(case: Case) -> Run:
    """Run the project as it fails, and the commands that keep it fixed, which must complain here."""
    keeping = _keeping(case)
    done = carry_out(case.failing_project(), [*_steps(case, []), *keeping])
    if (
        done.trouble and keeping
    ):  # a server that does not start ends the run; what keeps it fixed complains all the same
        kept = carry_out(case.failing_project(), keeping)
        done = Run((*done.steps, *kept.steps), (*done.labels, *kept.labels), {**done.facts, **kept.facts}, done.trouble)
    return done


def fixed(case: Case) -> Run:
    """Run the project with every file and command of the page's fix, its check, and what keeps it fixed."""
    fix = _typed("fix", case.commands("Fix"))
    return carry_out(
        case.fixed_project(), [*_steps(case, fix), *_typed("check", case.commands("Check")), *_keeping(case)]
    )


def wrong(case: Case, name: str) -> Run:
    """Run the project with a wrong fix: its files and, as one would, the commands of the page's fix."""
    return carry_out(case.wrong_project(name), _steps(case, _typed("fix", case.commands("Fix"))))


def carry_out(files: Mapping[str, bytes], steps: list[dict[str, Any]]) -> Run:
    """Carry the steps out on a project of these files. Whatever it does is a result."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_here(path, content))
        trial = try_folder(Path(folder), parse(steps), api.try_plan, seconds=SECONDS)
    facts = {label: dict(fields) for label, fields in trial.facts.items()}
    seen = trial.observation
    if seen is not None and seen.refused is not None:
        facts["refused"] = {"type": seen.refused.type, "message": seen.refused.message}
    return Run(() if seen is None else seen.steps, trial.labels, facts, trial.trouble)


def _here(path: str, content: bytes) -> bytes:
    """Return the content of that file as it runs here: nginx.conf says /srv/shop and port 80, as a server's does."""
    for there, here in ON_A_SERVER if path == "nginx.conf" else ():
        content = content.replace(there, here)
    return content


def _steps(case: Case, fix: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the case's steps with the fix's commands at the step that says so, or before the first one."""
    steps: list[dict[str, Any]] = []
    placed = False
    for step in case.steps:
        if "fix" in step:
            steps += fix
            placed = True
        else:
            steps.append(dict(step))
    return steps if placed else [*fix, *steps]


def _keeping(case: Case) -> list[dict[str, Any]]:
    """Return the files of keep/ as steps, then the commands under "Keep it fixed"."""
    files = [{"write": path, "text": text.decode()} for path, text in case.overlay("keep").items()]
    return [*files, *_typed("keep", case.commands("Keep it fixed"))]


def _typed(label: str, lines: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return a step for each line that is typed, numbered from 1; what installs packages is not carried out."""
    steps = []
    for number, line in enumerate(lines, start=1):
        if INSTALL.fullmatch(line):
            continue
        manage = MANAGE.fullmatch(line)
        step = {"run": f"manage.py {manage[1]}"} if manage else {"shell": line}
        steps.append({**step, "label": f"{label}{number}"})
    return steps


def is_root() -> bool:
    """Return whether this process may change users, as a container's build does."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
