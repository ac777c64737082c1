"""A check of the table that applies to a project, with the project's own names and values filled in."""

from dataclasses import dataclass
from string import Template
from typing import Any

from django.core import checks as django_checks

from .checks import Check

LEVELS = {
    "DEBUG": django_checks.DEBUG,
    "INFO": django_checks.INFO,
    "WARNING": django_checks.WARNING,
    "ERROR": django_checks.ERROR,
}


@dataclass(frozen=True)
class Finding:
    """`message` and `hint` are those of `check` without open fields."""

    check: Check
    message: str
    hint: str

    @property
    def id(self) -> str:
        return self.check.id

    @property
    def level(self) -> str:
        return self.check.level

    @property
    def advice(self) -> str:
        """Return the hint, with the address of the symptom's page behind it."""
        return f"{self.hint} See /symptoms/{self.check.symptom}/" if self.check.symptom else self.hint

    def as_dict(self) -> dict[str, Any]:
        """Return what `manage.py doctor --json` prints of a finding."""
        return {
            "id": self.id,
            "level": self.level,
            "message": self.message,
            "hint": self.advice,
            "symptom": self.check.symptom,
        }

    def as_message(self) -> django_checks.CheckMessage:
        """Return the same as one of Django's own check messages."""
        return django_checks.CheckMessage(LEVELS[self.level], self.message, hint=self.advice, id=self.id)


def found(check: Check, **fields: object) -> Finding:
    """Return the finding of a check. Raises KeyError when a field of its texts is not given."""
    return Finding(check, Template(check.message).substitute(fields), Template(check.hint).substitute(fields))
