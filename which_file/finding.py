"""A check of the table that applies to a project, with the project's own names and values filled in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from .checks import Check

# The site with a page for each check and symptom; a team that serves it elsewhere says where.
SITE = os.environ.get("WHICH_FILE_SITE", "http://127.0.0.1:8000").rstrip("/")
LEVELS = ("ERROR", "WARNING", "INFO")


@dataclass(frozen=True)
class Edit:
    """The lines `first` to `last` of `file`, counted from 1, become `lines`."""

    file: str
    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """`message` and `hint` are those of `check` without open fields. `file` is "" where no file is to blame."""

    check: Check
    message: str
    hint: str
    file: str = ""
    line: int = 0
    edits: tuple[Edit, ...] = ()

    @property
    def id(self) -> str:
        return self.check.id

    @property
    def level(self) -> str:
        return self.check.level

    def as_dict(self) -> dict[str, Any]:
        """Return what the child process tells of a finding; the settings modules are added where several agree."""
        return {
            "id": self.id,
            "level": self.level,
            "message": self.message,
            "hint": self.hint,
            "file": self.file or None,
            "line": self.line or None,
            "settings": [],
            "url": page(self.id),
            "edits": [(edit.file, edit.first, edit.last, list(edit.lines)) for edit in self.edits],
        }

    def as_message(self) -> Any:
        """Return the same as one of Django's own check messages."""
        from django.core import checks as django_checks

        place = f"{self.file}, line {self.line}: " if self.line else f"{self.file}: " if self.file else ""
        level = getattr(django_checks, self.level)
        hint = f"{self.hint} See {page(self.id)}"
        return django_checks.CheckMessage(level, place + self.message, hint=hint, id=self.id)


def page(id_: str) -> str:
    return f"{SITE}/checks/{id_.rpartition('.')[2]}/"


def found(check: Check, *, at: tuple[str, int] = ("", 0), edits: Sequence[Edit] = (), **fields: object) -> Finding:
    """Return the finding of a check. Raises KeyError when a field of its texts is not given."""
    message, hint = (Template(text).substitute(fields) for text in (check.message, check.hint))
    return Finding(check, message, hint, at[0], at[1], tuple(edits))
