"""The facts of a plan, which expectations judge: label -> field -> value, as docs/exercises.md lists them."""

import hashlib
from collections.abc import Sequence

from lab.observation import CommandStep, RequestStep
from lab.observation.normalise import is_text
from lab.probe.journal import Answered, Facts, Journal
from lab.uploads.picture_facts import picture_facts

BODY_CHARACTERS = 200_000
ELSEWHERE = "It is on another host, which is not asked."


def facts_of(journal: Journal) -> dict[str, Facts]:
    """Return the facts of every step that has a label."""
    commands: dict[str, list[CommandStep]] = {}
    found: dict[str, Facts] = dict(journal.looks)
    for label, step in zip(journal.labels, journal.steps, strict=True):
        if isinstance(step, RequestStep):
            answered = journal.answers.get(label)
            found[label] = _not_made(step) if answered is None else _request(step, answered)
        else:
            commands.setdefault(label, []).append(step)
    found |= {label: _commands(steps) for label, steps in commands.items() if label}
    return found


def _commands(steps: Sequence[CommandStep]) -> Facts:
    last = steps[-1]
    return {
        "exit": last.exit,
        "output": "".join(step.stdout + step.stderr for step in steps),
        "error": last.error.type if last.error else None,
    }


def _request(step: RequestStep, answered: Answered) -> Facts:
    kind = answered.headers.get("content-type", "")
    pictured: Facts = {} if is_text(kind) else dict(picture_facts(answered.body))
    return {
        "status": step.status,
        "url": step.url,
        "body": answered.text[:BODY_CHARACTERS] if is_text(kind) else None,
        "bytes": len(answered.body),
        "sha256": hashlib.sha256(answered.body).hexdigest(),
        "answered_by": step.answered_by if answered.origin == "network" else None,
        "error": step.error.type if step.error else None,
        "from": answered.origin,
        **pictured,
        **{f"header.{name}": value for name, value in answered.headers.items()},
    }


def _not_made(step: RequestStep) -> Facts:
    return {"url": step.url, "why": step.error.message if step.error else ELSEWHERE}
