"""Mistakes in how a project's templates name static files. Reads every template, so it is not for each start."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from . import checks
from .case import Case, is_own, line_of, named, read, url
from .collected import short
from .finding import Edit, Finding, found
from .tree import root_of

SKIPPED = {"node_modules", "__pycache__", "site-packages", "dist-packages", "venv"}
ENDINGS = (".html", ".htm", ".txt", ".xml", ".svg", ".css", ".js")
# What a browser or Django never sees as markup; line breaks are kept, for the line numbers.
SILENT = re.compile(
    r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{%\s*verbatim\b.*?\{%\s*endverbatim\b[^%]*%\}|<!--.*?-->|\{#.*?#\}",
    re.DOTALL,
)
COMMENT = re.compile(
    r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|\{%\s*verbatim\b.*?\{%\s*endverbatim\b[^%]*%\}", re.DOTALL
)
TAG = re.compile(r"""\{%\s*static\s+(["'])(?P<path>[^"']*)\1[^%]*%\}""")
ANY_TAG = re.compile(r"\{%\s*static\s")
LOADED = re.compile(
    r"\{%\s*load\s(?:[^%]*\s)?(?:static|staticfiles|admin_static|i18n_static)(?:\s[^%]*)?%\}|\{%\s*load\s+[^%]*\bstatic\b[^%]*from"
)
OLD_LOAD = re.compile(r"\{%\s*load\s+(?:[\w.]+\s+)*?(?P<library>staticfiles|admin_static)\b[^%]*%\}")
UPLOAD_TAG = re.compile(r"\{%\s*static\s+(?P<variable>[\w.]+\.url)\b[^%]*%\}")
VALUE = re.compile(
    r"""\b(?:src|href|poster|data-src)\s*=\s*["']?\{\{\s*(?P<variable>[\w.]+\.(?P<field>\w+))\s*\}\}["'\s>]"""
)
BESIDE = re.compile(
    r"""<(?:link|script|img)\b[^<>]*?\b(?:href|src)\s*=\s*["'](?P<url>\w[\w./-]*\.(?:css|js|png|jpe?g|gif|svg|webp|ico))["']"""
)
ADDRESS = re.compile(r"\{\{\s*(?P<variable>[\w.]+\.(?P<field>\w+))\.url\b")
WORKER = re.compile(r"""serviceWorker\s*\.register\(\s*["'`](?P<url>/[^"'`\s]*|\{%\s*static\b[^%]*%\})""")
JOINED = re.compile(r"\{\{\s*STATIC_URL\s*\}\}(?P<path>[\w./-]*)")
FEW = 4  # missing paths that are named one by one
SEVERAL = 3  # templates with the same habit that are one finding


def examine(case: Case, exists: Callable[[str], bool], known: Iterable[str] = ()) -> Iterator[Finding]:
    """`exists` says whether the finders know a path, and `known` are all that they know."""
    by_lower = {path.lower(): path for path in known}
    static = {"/static/", url(case.get("STATIC_URL"))} - {"", "/"}
    media = {"/media/", url(case.get("MEDIA_URL"))} - {"", "/"} - static
    missing: dict[str, list[tuple[str, int]]] = {}
    written_out: list[Finding] = []
    always_loaded = _builtin(case)
    old = _old_libraries(case)
    fields = {field.rpartition(".")[2] for field in case.file_fields}
    for file in template_files(case):
        raw = read(file)
        text = SILENT.sub(lambda silent: re.sub(r"[^\n]", " ", silent[0]), raw)
        place = short(file, case.folder)
        for tag in TAG.finditer(text):
            line = line_of(text, tag.start())
            path = tag["path"]
            if path.startswith("/"):
                edits = _replaced(file, raw, line, path, path.lstrip("/"))
                yield found(checks.LEADING_SLASH, at=(place, line), edits=edits, path=path, better=path.lstrip("/"))
            elif "{{" in path:
                yield found(checks.BRACES_IN_TAG, at=(place, line), path=path)
            elif "?" in path:
                yield found(checks.QUERY_STRING, at=(place, line), path=path)
            elif path and not path.endswith("/") and not exists(path.partition("#")[0]):
                missing.setdefault(path, []).append((place, line))
        if not always_loaded:
            yield from _load(file, place, raw)
        written_out += _hard_coded(file, place, raw, text, static, exists, always_loaded=always_loaded)
        yield from _joined(place, text, media)
        yield from _old_load(file, place, raw, old)
        yield from _uploads(place, text, fields)
        yield from _beside(place, text, exists)
        yield from _maybe_empty(place, text, case.blank_fields)
        yield from worker(place, text, static)
    yield from _grouped(written_out)
    yield from _missing(case, missing, by_lower)


def _grouped(written_out: list[Finding]) -> Iterator[Finding]:
    """A habit of many templates is one finding, with the fix of them all."""
    if len(written_out) < SEVERAL:
        yield from written_out
        return
    first, *others = written_out
    files = named((finding.file for finding in others), 3)
    edits = tuple(edit for finding in written_out for edit in finding.edits)
    yield replace(first, message=f"{first.message} So it is in {len(others)} more templates: {files}.", edits=edits)


def _load(file: Path, place: str, raw: str) -> Iterator[Finding]:
    """Django reads markup in HTML comments too: only its own comments are left out."""
    text = COMMENT.sub(lambda silent: re.sub(r"[^\n]", " ", silent[0]), raw)
    tag = ANY_TAG.search(text)
    if tag is None or LOADED.search(text):
        return
    lines = raw.splitlines()
    after = next((number for number, line in enumerate(lines, 1) if re.search(r"\{%\s*extends\b", line)), 0)
    first = max(after, 1)
    there = lines[first - 1]
    edit = Edit(str(file), first, first, (there, "{% load static %}") if after else ("{% load static %}", there))
    yield found(checks.LOAD_FORGOTTEN, at=(place, line_of(text, tag.start())), edits=[edit])


def _hard_coded(
    file: Path, place: str, raw: str, text: str, static: set[str], exists: Callable[[str], bool], *, always_loaded: bool
) -> Iterator[Finding]:
    """In attributes, inline styles and inline scripts; one finding a file."""
    address = "|".join(re.escape(prefix) for prefix in sorted(static))
    attribute = (
        rf"""<[a-zA-Z][^<>]*?\b(?:href|src|srcset|poster|data|content)\s*=\s*["']?(?P<url>(?:{address})[^\s"'<>]+)"""
    )
    css = rf"""url\(\s*["']?(?P<url>(?:{address})[^\s"'<>)]+)"""
    script = rf"""["'`](?P<url>(?:{address})[^\s"'`<>]+\.\w+)["'`]"""
    places: dict[int, str] = {}
    for match in re.finditer(attribute, text):
        places.setdefault(match.start("url"), match["url"])
    for match in re.finditer(css, text):
        places.setdefault(match.start("url"), match["url"])
    for block in re.finditer(r"<script\b[^>]*>(?P<body>.*?)</script>", text, re.DOTALL | re.IGNORECASE):
        for match in re.finditer(script, block["body"]):
            places.setdefault(block.start("body") + match.start("url"), match["url"])
    if not places:
        return
    edits = []
    loaded = always_loaded or LOADED.search(raw)
    for position, written in sorted(places.items()):
        prefix = next(one for one in sorted(static, key=len, reverse=True) if written.startswith(one))
        path = written[len(prefix) :]
        if loaded and exists(path) and "{" not in path:
            edits += _replaced(file, raw, line_of(text, position), written, f"{{% static '{path}' %}}")
    first = min(places)
    more = f" ({len(places) - 1} more in this file)" if len(places) > 1 else ""
    yield found(checks.HARD_CODED, at=(place, line_of(text, first)), edits=_merged(edits), url=places[first], more=more)


def _replaced(file: Path, raw: str, line: int, old: str, new: str) -> list[Edit]:
    text = raw.splitlines()[line - 1]
    return [Edit(str(file), line, line, (text.replace(old, new, 1),))] if old in text else []


def _merged(edits: list[Edit]) -> list[Edit]:
    """One edit a line: a second one would not find its line as it was."""
    return list({edit.first: edit for edit in reversed(edits)}.values())[::-1]


def _joined(place: str, text: str, media: set[str]) -> Iterator[Finding]:
    joined = list(JOINED.finditer(text))
    if joined:
        more = f" ({len(joined) - 1} more in this file)" if len(joined) > 1 else ""
        path = joined[0]["path"] or "…"
        yield found(checks.STATIC_URL_JOINED, at=(place, line_of(text, joined[0].start())), path=path, more=more)
    address = "|".join(re.escape(prefix) for prefix in sorted(media)) or "(?!)"
    match = re.search(rf"""["'(](?P<url>{address}|\{{\{{\s*MEDIA_URL\s*\}}\}})[\w/-]*\{{\{{""", text)
    if match:
        yield found(checks.MEDIA_JOINED, at=(place, line_of(text, match.start("url"))), url=match["url"])


def _old_libraries(case: Case) -> set[str]:
    """The names that Django 3.0 took away, and that no app of the project has given back."""
    given = {file.stem for _, folder in case.apps for file in (folder / "templatetags").glob("*.py")}
    for engine in case.get("TEMPLATES") or ():
        given |= set((engine.get("OPTIONS") or {}).get("libraries") or ()) if isinstance(engine, dict) else set()
    return {"staticfiles", "admin_static"} - given


def _old_load(file: Path, place: str, raw: str, old: set[str]) -> Iterator[Finding]:
    text = COMMENT.sub(lambda silent: re.sub(r"[^\n]", " ", silent[0]), raw)
    match = OLD_LOAD.search(text)
    if match and match["library"] in old:
        line = line_of(text, match.start("library"))
        edits = _replaced(file, raw, line, match["library"], "static")
        yield found(checks.OLD_LOAD, at=(place, line), edits=edits, library=match["library"])


def _uploads(place: str, text: str, fields: set[str]) -> Iterator[Finding]:
    for match in UPLOAD_TAG.finditer(text):
        at = (place, line_of(text, match.start()))
        yield found(checks.STATIC_TAG_FOR_UPLOAD, at=at, variable=match["variable"])
    for match in VALUE.finditer(text):
        if match["field"] in fields:
            at = (place, line_of(text, match.start()))
            variable = match["variable"]
            yield found(checks.FIELD_WITHOUT_URL, at=at, variable=variable)


def _beside(place: str, text: str, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """One finding a file: an address without tag and slash whose path the finders know."""
    if re.search(r"<base\b", text):
        return
    there = []
    for match in BESIDE.finditer(text):
        path = re.sub(r"^(?:\.\./|\./)*(?:static/)?", "", match["url"])
        if exists(path):
            there.append((match, path))
    if there:
        match, path = there[0]
        more = f" ({len(there) - 1} more in this file)" if len(there) > 1 else ""
        at = (place, line_of(text, match.start("url")))
        yield found(checks.RELATIVE_ADDRESS, at=at, url=match["url"], path=path, more=more)


def _maybe_empty(place: str, text: str, blank: frozenset[str]) -> Iterator[Finding]:
    """One finding a file; any condition that speaks of the field will do, also one of a parent template's block."""
    for match in ADDRESS.finditer(text):
        field = match["field"]
        if field in blank and not re.search(rf"\{{%\s*(?:el)?if\b[^%]*\b{field}\b|\{{%\s*with\b[^%]*\b{field}\b", text):
            yield found(checks.ADDRESS_OF_NO_FILE, at=(place, line_of(text, match.start())), variable=match["variable"])
            return


def worker(place: str, text: str, static: set[str]) -> Iterator[Finding]:
    """`serviceWorker.register()` with an address below STATIC_URL, in a page or a script."""
    match = WORKER.search(text)
    if match and "Service-Worker-Allowed" not in text:
        address = match["url"]
        if address.startswith("{%") or any(address.startswith(prefix) for prefix in static):
            url = "STATIC_URL" if address.startswith("{%") else address.rpartition("/")[0] + "/"
            yield found(checks.WORKER_SCOPE, at=(place, line_of(text, match.start())), url=url)


def _missing(case: Case, missing: dict[str, list[tuple[str, int]]], by_lower: dict[str, str]) -> Iterator[Finding]:
    """One cause, one finding: a folder that no finder looks into, a build that has not run, then single paths."""
    rest = {path: places for path, places in missing.items() if not _built(case, path)}
    unbuilt = [folder for folder in case.static_dirs() if not folder.is_dir()]
    for folder, cure in _unlisted(case) if not unbuilt else ():  # a build may make that folder of this one
        there = {path for path in rest if (folder / path).is_file()}
        if there:
            names = named(sorted(there), 3)
            files = (
                "1 file that a template asks for is"
                if len(there) == 1
                else f"{len(there)} files that templates ask for are"
            )
            yield found(
                checks.FOLDER_NOT_LISTED, folder=short(folder, case.folder) + "/", files=files, names=names, cure=cure
            )
            rest = {path: places for path, places in rest.items() if path not in there}
    near = {path: by_lower[path.lower()] for path in rest if path.lower() in by_lower}
    for path, other in near.items():
        yield _no_file(path, rest.pop(path), f"; there is {other}")
    by_npm = any(path.endswith((".css", ".js", ".mjs")) for path in rest) and _has_build(case)
    if len(rest) > FEW or (rest and (unbuilt or by_npm)):
        path, places = next(iter(rest.items()))
        words = f", nor those of {len(rest) - 1} other paths ({named(list(rest)[1:], 3)})" if len(rest) > 1 else ""
        if unbuilt and not by_npm:
            words += f"; {short(unbuilt[0], case.folder)} of STATICFILES_DIRS is not there, so a build may be missing"
        if by_npm:
            words += "; package.json has a build, which may not have run"
        cure = "Run the build that makes them, then collectstatic." if unbuilt or by_npm else ""
        yield _no_file(path, places, words, cure)
        return
    for path, places in rest.items():
        yield _no_file(path, places, "")


def _has_build(case: Case) -> bool:
    """Whether npm or its like makes files: then a fresh clone lacks them."""
    packages = [place / "package.json" for place in dict.fromkeys((case.folder, root_of(case.folder)))]
    return any(re.search(r'"[\w:-]*build[\w:-]*"\s*:', read(file)) for file in packages)


def _built(case: Case, path: str) -> bool:
    """Whether a build (package.json) may have written the file straight into STATIC_ROOT."""
    root = case.static_root
    return bool(root and (root / path).is_file()) and any(
        (place / "package.json").is_file() for place in (case.folder, root_of(case.folder))
    )


def _no_file(path: str, places: list[tuple[str, int]], near: str, cure: str = "") -> Finding:
    more = f" (asked for in {len(places)} places)" if len(places) > 1 else ""
    return found(
        checks.NO_SUCH_FILE, at=places[0], path=path, near=near, more=more, cure=cure or checks.NO_SUCH_FILE.advice
    )


def _unlisted(case: Case) -> Iterator[tuple[Path, str]]:
    """Folders that look like static ones, and that no finder knows."""
    listed = {source.resolve() for _, source in case.source_folders()}
    apps = {folder.resolve(): name for name, folder in case.apps}
    root = case.static_root
    folders = {file.parent for file in case.files}
    folders |= {parent for folder in list(folders) for parent in folder.parents}
    for folder in sorted(folders):
        if folder.name not in (
            "static",
            "statics",
            "assets",
            "staticfiles",
            "static_files",
            "public",
            "dist",
            "Static",
        ):
            continue
        if folder.resolve() in listed or (root and folder.resolve() == root) or case.folder not in folder.parents:
            continue
        name = short(folder, case.folder)
        if folder.parent.resolve() in apps and folder.name != "static":
            cure = f"An app's folder is called static: rename {name} to static."
        elif (folder.parent / "__init__.py").exists() and folder.name == "static":
            cure = f"Add the app to INSTALLED_APPS, or the folder to STATICFILES_DIRS: BASE_DIR / {name!r}."
        else:
            cure = f"Write STATICFILES_DIRS = [BASE_DIR / {name!r}]."
        yield folder, cure


def _builtin(case: Case) -> bool:
    """Whether every template has the tag: OPTIONS["builtins"]."""
    return any(
        "django.templatetags.static" in (engine.get("OPTIONS") or {}).get("builtins", ())
        for engine in case.get("TEMPLATES") or ()
        if isinstance(engine, dict)
    )


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
