"""What guards a project against a symptom: the checks that see its cause, or why no file can show it."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from guide.cases import markdown
from guide.cases.case import SYMPTOMS
from which_file.checks import about_symptom, by_id


@dataclass(frozen=True)
class Guard:
    """`ours` has id and text of checks of which-file, `djangos` ids of Django's; `reason` where both are empty."""

    ours: tuple[tuple[str, str], ...]
    djangos: tuple[str, ...]
    reason: SafeString | str = ""


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, list[str] | str]]:
    """Return `seen` and `unseen`, each by the symptom's slug."""
    text = (SYMPTOMS / "_guards.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str] | str]] = tomllib.loads(text)
    return found


def guard(slug: str) -> Guard:
    ids = list(table()["seen"].get(slug, ()))
    own = [check for id_ in ids if "." not in id_ and (check := by_id(id_))]
    listed = [*about_symptom(slug), *((check.id, next(check.outlines())) for check in own)]
    reason = str(table()["unseen"].get(slug, ""))
    djangos = tuple(id_ for id_ in ids if "." in id_)
    return Guard(tuple(listed), djangos, markdown.inline(reason) if reason else "")
