"""What the project's own stylesheets, scripts and Python write about static and media files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from . import checks
from .case import Case, line_of, named, read, url
from .collected import Found, short
from .finding import Finding, found
from .templates import worker

URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<url>[^"')\s]+)(?P=quote)\s*\)|@import\s+["'](?P<import>[^"']+)["']""")
MAP = re.compile(r"""(?m)^\s*(?:/\*|//)[#@]\s*sourceMappingURL=(?P<url>[^\s*]+)""")
MODULE = re.compile(
    r"""(?m)^\s*(?:import|export)\s[^;"']*?\bfrom\s*["'](?P<a>\.{1,2}/[^"']+)["']|^\s*import\s*["'](?P<b>\.{1,2}/[^"']+)["']"""
)
FEW = 3  # missing files that are named one by one
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MINIFIED = re.compile(r"\.min\.|-min\.|\.bundle\.|\.chunk\.|[.-][0-9a-f]{8,}\.")
OUTSIDE = ("data:", "http:", "https:", "//", "#", "about:", "blob:", "chrome:", "{{", "{%", "<")


def examine(
    case: Case, files: Sequence[Found], exists: Callable[[str], bool], answers: Callable[[str], bool]
) -> Iterator[Finding]:
    """`answers` says whether a URL of the project takes a path."""
    winners: dict[str, Path] = {}
    for file in files:
        winners.setdefault(file.path, file.source)
    by_lower = {path.lower(): path for path in winners}
    missing: list[Finding] = []
    for path, source in winners.items():
        if path.endswith((".css", ".js", ".mjs")) and case.is_ours(source):
            text = read(source)
            if path.endswith(".css"):
                missing += _stylesheet(case, path, source, text, exists, by_lower)
                yield from _another_root(case, path, source, text, winners, answers)
            yield from _written_out(case, source, text)
            if not path.endswith(".css"):
                yield from _script(case, source, text)
    yield from _grouped(missing)
    yield from _python(case)


def _grouped(missing: list[Finding]) -> Iterator[Finding]:
    """Many at once come with a theme that was copied in part: one cause, one finding."""
    if len(missing) <= FEW:
        yield from missing
        return
    files = list(dict.fromkeys(finding.file for finding in missing))
    others = f" So it is with {len(missing) - 1} more"
    others += f", in {named(files[1:], 3)} too." if len(files) > 1 else " in this file."
    yield replace(missing[0], message=missing[0].message + others)


def _stylesheet(
    case: Case, path: str, source: Path, text: str, exists: Callable[[str], bool], by_lower: Mapping[str, str]
) -> Iterator[Finding]:
    silent = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    missing: dict[str, int] = {}
    for match in URL.finditer(silent):
        asked = match["url"] or match["import"]
        target = target_of(case, path, asked)
        if target and not exists(target):
            missing.setdefault(target, line_of(silent, match.start()))
    vendored = MINIFIED.search(source.name) or len(missing) > 3
    for number, (target, line) in enumerate(missing.items()):
        if number and vendored:  # one packaged stylesheet without its pictures is one cause
            return
        near = by_lower.get(target.lower(), "")
        words = f"; there is {near}" if near else ""
        if vendored and len(missing) > 1:
            words += f", nor {named(list(missing)[1:], 3)}"
        yield found(
            checks.CSS_NAMES_MISSING, at=(short(source, case.folder), line), source=path, target=target, near=words
        )


def _another_root(
    case: Case, path: str, source: Path, text: str, winners: Mapping[str, Path], answers: Callable[[str], bool]
) -> Iterator[Finding]:
    """One finding a stylesheet: an address from the site's root, of a file below STATIC_URL."""
    if MINIFIED.search(source.name):
        return
    static, media = _prefixes(case)
    silent = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for match in URL.finditer(silent):
        asked = unquote((match["url"] or match["import"]).partition("?")[0].partition("#")[0])
        if not asked.startswith("/") or asked.startswith(("//", *static, *media)) or "." not in asked:
            continue
        root = case.get("WHITENOISE_ROOT")
        if answers(asked) or (root and (Path(root) / asked.lstrip("/")).is_file()):
            continue
        near = [name for name in winners if name.rpartition("/")[2] == asked.rpartition("/")[2]]
        if near:
            near.sort(key=lambda name: not name.endswith(asked))
            better = posixpath.relpath(near[0], posixpath.dirname(path) or ".")
            at = (short(source, case.folder), line_of(silent, match.start()))
            yield found(checks.CSS_NAMES_ANOTHER_ROOT, at=at, source=path, target=asked, near=near[0], better=better)
            return


def target_of(case: Case, path: str, asked: str) -> str:
    """The static path that a stylesheet's address leads to; "" for what is no static file of the project."""
    asked = unquote(asked.partition("?")[0].partition("#")[0])
    if not asked or asked.startswith(OUTSIDE):
        return ""
    static = url(case.get("STATIC_URL"))
    if asked.startswith("/"):
        return asked[len(static) :] if static != "/" and asked.startswith(static) else ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), asked))
    return "" if target.startswith("..") else target


def _written_out(case: Case, source: Path, text: str) -> Iterator[Finding]:
    """Addresses in a script or stylesheet: Django's tags do nothing there, and hashed names are not put in."""
    if (
        len(text) > 400_000
        or MINIFIED.search(source.name)
        or re.search(r"(?i)/(vendor|libs?|dist|build|plugins?)/", source.as_posix())
    ):
        return
    places = []
    silent = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    in_css = source.suffix == ".css"
    static, media = _prefixes(case)
    wanted = media if in_css else static | media  # Django's hashed storages rewrite /static/ in url() themselves
    if not wanted:
        return
    pattern = re.compile(rf"""["'`(](?P<url>(?:{"|".join(map(re.escape, sorted(wanted)))})[^\s"'`)<>{{}}$]*\.\w+)""")
    for match in pattern.finditer(silent):
        places.append((line_of(silent, match.start()), match["url"]))
    if places:
        more = f" (and {len(places) - 1} more in this file)" if len(places) > 1 else ""
        cure = (
            "Write an address relative to the stylesheet; an upload does not belong into one."
            if in_css
            else "Give the address to the script through the page: data-icon=\"{% static '…' %}\" on an element."
        )
        yield found(
            checks.HARD_CODED_ELSEWHERE,
            at=(short(source, case.folder), places[0][0]),
            url=places[0][1],
            more=more,
            cure=cure,
        )


BOUNDARY = re.compile(r"""["']Content-Type["']\s*:\s*["']multipart/form-data["']""", re.IGNORECASE)


def _script(case: Case, source: Path, text: str) -> Iterator[Finding]:
    if MINIFIED.search(source.name) or len(text) > 400_000:
        return
    place = short(source, case.folder)
    match = BOUNDARY.search(text)
    if match and re.search(r"\bfetch\s*\(", text) and "FormData" in text and "axios" not in text:
        yield found(checks.BOUNDARY_MISSING, at=(place, line_of(text, match.start())))
    yield from worker(place, text, _prefixes(case)[0])


def _prefixes(case: Case) -> tuple[set[str], set[str]]:
    static = {"/static/", url(case.get("STATIC_URL"))} - {"", "/"}
    media = (
        {"/media/", url(case.get("MEDIA_URL"))} - {"", "/"} if case.get("MEDIA_URL") not in ("", "/", None) else set()
    )
    return static, media - static


def _python(case: Case) -> Iterator[Finding]:
    """Addresses in Python: a template tag or the field knows the right one."""
    static, media = _prefixes(case)
    prefixes = "|".join(map(re.escape, sorted(static | media)))
    pattern = re.compile(
        rf"""(?:f?["'])(?P<url>(?:{prefixes})[\w./{{}}-]*\.(?:css|js|png|jpe?g|gif|svg|webp|ico|woff2?|pdf))["']"""
    )
    for file in case.files:
        if file.suffix != ".py" or _is_apart(case, file):
            continue
        text = read(file, most=400_000)
        places = []
        for match in pattern.finditer(text):
            line = text[: match.start()].rpartition("\n")[2]
            if "#" not in line and '"""' not in line and "path(" not in line and "url(" not in line:
                places.append((line_of(text, match.start()), match["url"]))
        if places:
            more = f" (and {len(places) - 1} more in this file)" if len(places) > 1 else ""
            cure = (
                "Use the field's url, or default_storage.url(name)."
                if any(places[0][1].startswith(prefix) for prefix in media)
                else "Use django.templatetags.static.static('…')."
            )
            yield found(
                checks.HARD_CODED_ELSEWHERE,
                at=(short(file, case.folder), places[0][0]),
                url=places[0][1],
                more=more,
                cure=cure,
            )


# Where an address reaches a browser. Elsewhere (tests, settings, data) it is written for other reasons.
ANSWERING = re.compile(
    r"^(views?|models?|forms?|admin|api|serializers?|widgets?|utils?|helpers?|context_processors|services?|emails?|"
    r"tasks|schema|fields|managers?|mixins)(_\w+)?$"
)


def _is_apart(case: Case, file: Path) -> bool:
    parts = file.parts[len(case.folder.parts) : -1]
    if {"tests", "test", "migrations", "settings", "docs", "fixtures"} & set(parts):
        return True
    return not (ANSWERING.match(file.stem) or {"views", "models", "templatetags", "api"} & set(parts))
