"""Mistakes in how a project's templates name static files. Reads every template, so it is not for each start."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from . import checks
from .case import Case, is_own, url
from .collected import short
from .finding import Finding, found

SKIPPED = {"node_modules", "__pycache__", "site-packages", "dist-packages", "venv"}
ENDINGS = (".html", ".htm", ".txt", ".xml", ".svg", ".css", ".js")
# What a browser or Django never sees as markup; line breaks are kept, for the line numbers.
SILENT = re.compile(
    r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{%\s*verbatim\b.*?\{%\s*endverbatim\b[^%]*%\}|<!--.*?-->|\{#.*?#\}",
    re.DOTALL,
)
TAG = re.compile(r"""\{%\s*static\s+(["'])(?P<path>[^"']*)\1[^%]*%\}""")


def examine(case: Case, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """`exists` says whether the finders know a path."""
    prefixes = {"/static/", url(case.get("STATIC_URL"))} - {"", "/"}
    address = "|".join(re.escape(prefix) for prefix in sorted(prefixes))
    hard_coded = re.compile(
        rf"""<[a-zA-Z][^<>]*?\b(?:href|src|srcset|poster|data|content)\s*=\s*["']?(?P<url>(?:{address})[^\s"'<>]+)"""
    )
    for file in template_files(case):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        text = SILENT.sub(lambda silent: re.sub(r"[^\n]", " ", silent[0]), text)
        place = short(file, case.folder)
        for tag in TAG.finditer(text):
            yield from _tag(tag["path"], f"{place}, line {_line(text, tag.start())}", exists)
        for match in hard_coded.finditer(text):
            yield found(checks.HARD_CODED, place=f"{place}, line {_line(text, match.start('url'))}", url=match["url"])


def template_files(case: Case) -> Iterator[Path]:
    """The project's own templates: TEMPLATES' DIRS, and the folders of apps that are no installed packages."""
    roots = []
    for engine in case.get("TEMPLATES") or ():
        if engine.get("BACKEND") == "django.template.backends.django.DjangoTemplates":
            roots += [Path(folder) for folder in engine.get("DIRS") or ()]
            if engine.get("APP_DIRS") or "loaders" in (engine.get("OPTIONS") or {}):
                roots += [folder / "templates" for _, folder in case.own_apps()]
    seen = set()
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
            for name in sorted(names):
                file = Path(folder) / name
                if name.endswith(ENDINGS) and is_own(file) and file not in seen:
                    seen.add(file)
                    yield file


def _tag(path: str, place: str, exists: Callable[[str], bool]) -> Iterator[Finding]:
    if path.startswith("/"):
        yield found(checks.LEADING_SLASH, place=place, path=path, better=path.lstrip("/"))
    elif "?" in path:
        yield found(checks.QUERY_STRING, place=place, path=path)
    elif path and not path.endswith("/") and not exists(path.partition("#")[0]):
        yield found(checks.NO_SUCH_FILE, place=place, path=path)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
