"""A line of a log about a file that was not found: which server wrote it, as far as its form tells."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

LOGS = Path(__file__).with_name("logs.json")

_KINDS = {
    "media": re.compile(r"/(?:media|uploads|user_uploads)/"),
    "static": re.compile(r"/(?:static|assets|staticfiles)/"),
}
LONGEST = 2000  # characters of such a line


@dataclass(frozen=True)
class Log:
    """How a server writes such a line, and the slugs of the pages for a static and for a media file; "" for none.

    `asks` where it takes one more observation: which server answered?
    """

    pattern: re.Pattern[str]
    says: str
    static: str = ""
    media: str = ""
    asks: bool = False


@dataclass(frozen=True)
class Miss:
    """What such a line tells of a file of a `kind`, "static" or "media": the slug of a page, or an empty one."""

    line: str
    kind: str
    says: str
    page: str
    asks: bool


@functools.lru_cache(maxsize=None)
def logs() -> tuple[Log, ...]:
    """Return all forms, in the order in which they are tried: the first pattern that a line has is its form."""
    tables = json.loads(LOGS.read_text(encoding="utf-8"))
    return tuple(Log(**{**table, "pattern": re.compile(table["pattern"])}) for table in tables)


def last_miss(lines: Sequence[str], forms: Iterable[Log]) -> Miss | None:
    """Return what the last line about a missing static or media file tells; None without any."""
    for line in reversed(lines):
        if ("404" in line or "Not Found" in line) and len(line) <= LONGEST:
            miss = _miss(line, forms)
            if miss:
                return miss
    return None


def _miss(line: str, forms: Iterable[Log]) -> Miss | None:
    for form in forms:
        found = form.pattern.search(line)
        if found:
            kind = next((name for name, prefix in _KINDS.items() if prefix.match(found["path"])), "")
            return Miss(line, kind, form.says, getattr(form, kind), form.asks) if kind else None
    return None
