"""What the project's Python does with uploads and with its DEBUG: read, and asked of the loaded models."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import checks
from .case import Case, line_of, read
from .collected import short
from .finding import Edit, Finding, found

STATIC_ROUTE = re.compile(
    r"\bstatic\(\s*(?:prefix\s*=\s*)?settings\.(?P<url>MEDIA|STATIC)_URL\s*,\s*document_root\s*=\s*settings\."
    r"(?P<root>MEDIA|STATIC)_ROOT"
)
APART = {"tests", "test", "docs", "migrations"}


def examine(case: Case) -> Iterator[Finding]:
    yield from _vite(case)
    names = {field.rpartition(".")[2] for field in case.file_fields}
    for file in case.files:
        if file.suffix != ".py" or APART & set(file.parts[len(case.folder.parts) :]):
            continue
        text = read(file, most=400_000)
        if "static(" in text:
            yield from _routes(case, file, text)
        if ".path" in text and names and "bucket" in case.traits("default"):
            yield from _paths(case, file, text, names)
        if "ANTIALIAS" in text and _pillow() >= (10,):
            yield from _antialias(case, file, text)


def _vite(case: Case) -> Iterator[Finding]:
    """django-vite looks in STATIC_ROOT unless it is told a path; so may code of the project's own."""
    written = [
        file
        for folder in case.static_dirs()
        for at in (".vite", "*/.vite")
        for file in folder.glob(f"{at}/manifest.json")
    ]
    if not written:
        return
    told = "manifest_path" in repr(case.get("DJANGO_VITE")) or case.get("DJANGO_VITE_MANIFEST_PATH")
    by_package = "django_vite" in (case.get("INSTALLED_APPS") or ()) and not told
    by_hand = any(
        re.search(r"STATIC_ROOT\b[^\n]*\.vite", read(file, most=400_000)) for file in case.files if file.suffix == ".py"
    )
    if by_package or by_hand:
        yield found(checks.VITE_MANIFEST_HIDDEN, file=short(written[0], case.folder))


def _routes(case: Case, file: Path, text: str) -> Iterator[Finding]:
    for match in STATIC_ROUTE.finditer(text):
        if match["url"] != match["root"] and not text[: match.start()].rpartition("\n")[2].lstrip().startswith("#"):
            line = line_of(text, match.start())
            old = text.splitlines()[line - 1]
            new = old.replace(f"{match['root']}_ROOT", f"{match['url']}_ROOT", 1)
            edits = [Edit(str(file), line, line, (new,))] if new != old and match["url"] == "MEDIA" else []
            at = (short(file, case.folder), line)
            url, root = f"{match['url']}_URL", f"{match['root']}_ROOT"
            yield found(checks.MEDIA_ROUTE_ELSEWHERE, at=at, edits=edits, url=url, root=root)


def _paths(case: Case, file: Path, text: str, names: set[str]) -> Iterator[Finding]:
    pattern = rf"\b(?P<variable>[\w.]+\.(?:{'|'.join(map(re.escape, sorted(names)))}))\.path\b"
    for match in re.finditer(pattern, text):
        if "#" not in text[: match.start()].rpartition("\n")[2]:
            at = (short(file, case.folder), line_of(text, match.start()))
            storage = case.backend("default").rpartition(".")[2]
            yield found(checks.PATH_OF_REMOTE, at=at, variable=match["variable"], storage=storage)
            return


def _antialias(case: Case, file: Path, text: str) -> Iterator[Finding]:
    line = _line_of_attribute(text, "Image", "ANTIALIAS")
    if line and not re.search(r"hasattr\(\s*(?:PIL\.)?Image|except AttributeError|getattr\(\s*(?:PIL\.)?Image", text):
        old = text.splitlines()[line - 1]
        edits = [Edit(str(file), line, line, (old.replace("Image.ANTIALIAS", "Image.Resampling.LANCZOS"),))]
        yield found(checks.ANTIALIAS_GONE, at=(short(file, case.folder), line), edits=edits)


def _line_of_attribute(text: str, name: str, attribute: str) -> int:
    """Return the first line whose code, and no text in quotes, asks `name` for that attribute; 0 without any."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return 0
    lines = [
        node.value.end_lineno or node.lineno
        for node in nodes
        if isinstance(node, ast.Attribute)
        and node.attr == attribute
        and name in (getattr(node.value, "id", ""), getattr(node.value, "attr", ""))
    ]
    return min(lines, default=0)


def _pillow() -> tuple[int, ...]:
    try:
        from PIL import __version__
    except ImportError:
        return ()
    return (int(__version__.partition(".")[0]),)


def fields(case: Case, known: list[Any]) -> Iterator[Finding]:
    """Of the project's own file fields, as the models have them."""
    for field in known:
        name = f"{field.model.__name__}.{field.name}"
        at = _place(case, field.model, field.name)
        if not at[0]:
            continue
        if _has_place(field):
            yield found(checks.STORAGE_IN_MIGRATION, at=at, field=name)
        if inspect.isfunction(field.upload_to) and not field.model._meta.pk.has_default():
            used = _key_of(field.upload_to)
            if used:
                yield found(checks.UPLOAD_TO_NONE, at=at, field=name, name=used)


def _has_place(field: Any) -> bool:
    """Whether the field was given a storage itself, with a folder of its own."""
    try:
        location = getattr(field.storage, "_location", None)
        given = not getattr(field, "_storage_callable", None) and field.deconstruct()[3].get("storage") is not None
    except Exception:  # a storage that does not start is a finding of its own
        return False
    return given and isinstance(location, (str, Path)) and Path(location).is_absolute()


def _key_of(function: Any) -> str:
    """`pk` or `id` where the function reads it of its first argument, without a test for it."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return ""
    [*parameters] = inspect.signature(function).parameters
    tested = any(isinstance(node, (ast.If, ast.IfExp, ast.BoolOp)) for node in ast.walk(tree))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("pk", "id")
            and isinstance(node.value, ast.Name)
            and parameters[:1] == [node.value.id]
            and not tested
        ):
            return node.attr
    return ""


def _place(case: Case, model: Any, name: str) -> tuple[str, int]:
    try:
        file = Path(inspect.getsourcefile(model) or "")
    except TypeError:
        return "", 0
    if not case.is_ours(file):
        return "", 0
    match = re.search(rf"(?m)^\s+{re.escape(name)}\s*(?::[^=]*)?=", read(file))
    return short(file, case.folder), line_of(read(file), match.end()) if match else 1


def debug_is_text(case: Case, file: Path, line: int) -> Iterator[Finding]:
    """`file` and `line` are where DEBUG is given its value."""
    text = read(file)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.lineno != line:
            continue
        if node.value is not None and _is_text(node.value, text):
            yield found(checks.DEBUG_IS_TEXT, at=(short(file, case.folder), line))


def _is_text(value: ast.expr, text: str) -> bool:
    if isinstance(value, ast.Subscript):
        return ast.unparse(value.value) in ("os.environ", "environ") if hasattr(ast, "unparse") else False
    if isinstance(value, ast.BoolOp):
        return any(_is_text(one, text) for one in value.values)
    if not isinstance(value, ast.Call) or not hasattr(ast, "unparse"):
        return False
    called = ast.unparse(value.func)
    if called == "bool" and len(value.args) == 1:
        return _is_text(value.args[0], text)
    if called in ("os.environ.get", "environ.get", "os.getenv", "getenv"):
        return True
    cast = any(word.arg == "cast" for word in value.keywords) or len(value.args) > 2
    if cast or not value.args or not isinstance(value.args[0], ast.Constant):
        return False
    if called == "config" and "decouple" in text:
        return True
    schemes = re.search(rf"\b{re.escape(str(value.args[0].value))}\s*=\s*\(", text)
    return called == "env" and "environ.Env(" in text and not schemes
