"""A line of a log about a file that was not found: which server wrote it, as far as its form tells."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOGS = Path(__file__).resolve().parents[1] / "symptoms" / "_logs.toml"

_STATIC, _MEDIA = re.compile(r"/(?:static|assets|staticfiles)/"), re.compile(r"/(?:media|uploads|user_uploads)/")


@dataclass(frozen=True, slots=True)
class Log:
    """How a server writes such a line, and the slugs of the pages for a static and for a media file; "" for none."""

    pattern: re.Pattern[str]
    says: str
    static: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """What such a line tells of a file of a `kind`, "static" or "media". `page` is a slug, or empty where the line does
    not say which server answered."""

    line: str
    kind: str
    says: str
    page: str


@cache
def logs() -> tuple[Log, ...]:
    """Return all forms, in the order in which they are tried."""
    tables = tomllib.loads(LOGS.read_text(encoding="utf-8"))["log"]
    return tuple(Log(**{**table, "pattern": re.compile(table["pattern"])}) for table in tables)


def last_miss(lines: Sequence[str], forms: Iterable[Log]) -> Miss | None:
    """Return what the last line about a missing static or media file tells; None without any."""
    for line in reversed(lines):
        if ("404" not in line and "Not Found" not in line) or len(line) > 2000:
            continue
        for form in forms:
            if found := form.pattern.search(line):
                path = found["path"]
                if _MEDIA.match(path):
                    return Miss(line, "media", form.says, form.media)
                if _STATIC.match(path):
                    return Miss(line, "static", form.says, form.static)
                break
    return None
