"""Forms with a file field: whether the page sends the file, and whether the view passes it on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import checks
from .case import Case, line_of, read
from .collected import short
from .finding import Edit, Finding, found
from .templates import SILENT, template_files

FORM = re.compile(
    r"<form\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*'|\{%.*?%\}|\{\{.*?\}\})*)>(?P<body>.*?)</form>",
    re.DOTALL | re.IGNORECASE,
)
POST = re.compile(r"method\s*=\s*[\"']?post", re.IGNORECASE)
# Without a name a browser sends nothing of it: a script reads such an input.
FILE_INPUT = re.compile(r"<input\b(?=[^>]*\btype\s*=\s*[\"']?file\b)(?=[^>]*\sname\s*=)", re.IGNORECASE)
BY_SCRIPT = re.compile(
    r"\b(?:hx-(?:post|put|patch)|data-remote|x-on:submit|@submit|v-on:submit|onsubmit)", re.IGNORECASE
)


def examine(case: Case, names: dict[str, set[str]]) -> Iterator[Finding]:
    """`names` are the form classes with a file field, each with the names of the modules that know it."""
    renders = _templates_of(case, names)
    for file in template_files(case):
        if file.suffix not in (".html", ".htm"):
            continue
        raw = read(file)
        text = SILENT.sub(lambda silent: re.sub(r"[^\n]", " ", silent[0]), raw)
        shown = next((path for path in renders if file.as_posix().endswith("/" + path)), None)
        for form in FORM.finditer(text):
            attributes, body = form["attributes"], form["body"]
            if (
                not POST.search(attributes)
                or re.search("enctype|multipart", attributes + body)
                or BY_SCRIPT.search(attributes)
            ):
                continue
            by_hand = FILE_INPUT.search(body)
            rendered = shown and re.search(
                r"\{\{\s*(?:\w+\.)*form\b|\{%\s*(?:crispy|bootstrap_form|render_form)\b|\{%\s*for\s+\w+\s+in\s+(?:\w+\.)*form\b",
                body,
            )
            if by_hand or rendered:
                line = line_of(text, form.start())
                yield found(checks.NO_ENCTYPE, at=(short(file, case.folder), line), edits=_edit(file, raw, line))
    yield from _views(case, names)


def _edit(file: Path, text: str, line: int) -> list[Edit]:
    lines = text.splitlines()
    old = lines[line - 1]
    new = re.sub(
        r"(<form\b[^<>]*?\bmethod\s*=\s*([\"'])post\2)",
        r'\1 enctype="multipart/form-data"',
        old,
        count=1,
        flags=re.IGNORECASE,
    )
    return [Edit(str(file), line, line, (new,))] if new != old else []


def _templates_of(case: Case, names: dict[str, set[str]]) -> set[str]:
    """The templates of views that use such a form, as far as the view's source names both."""
    found_names: set[str] = set()
    for _file, tree in _modules(case):
        for node in ast.walk(tree):
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                continue
            inside = list(ast.walk(node))
            known = {one.id for one in inside if isinstance(one, ast.Name)} | {
                one.attr for one in inside if isinstance(one, ast.Attribute)
            }
            if known & set(names):
                found_names |= {
                    one.value
                    for one in inside
                    if isinstance(one, ast.Constant)
                    and isinstance(one.value, str)
                    and one.value.endswith((".html", ".htm"))
                }
    return found_names


def _modules(case: Case) -> Iterator[tuple[Path, ast.Module]]:
    for file in case.files:
        if file.suffix == ".py" and not {"migrations", "tests"} & set(file.parts) and not file.name.startswith("test"):
            text = read(file, most=400_000)
            if "Form" in text or "FILES" in text or "POST" in text:
                try:
                    yield file, ast.parse(text)
                except (SyntaxError, ValueError, RecursionError):
                    continue


def _views(case: Case, names: dict[str, set[str]]) -> Iterator[Finding]:
    for file, tree in _modules(case):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in names:
                continue
            data = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "data")]
            if not any(_is_post(one) for one in data):
                continue
            if len(node.args) > 1 or any(word.arg in ("files", None) for word in node.keywords):
                continue
            line, edits = node.lineno, []
            text = read(file).splitlines()[line - 1]
            fixed = text.replace(f"{name}(request.POST", f"{name}(request.POST, request.FILES", 1)
            if fixed != text:
                edits = [Edit(str(file), line, line, (fixed,))]
            yield found(checks.FILES_NOT_PASSED, at=(short(file, case.folder), line), edits=edits, form=name)


def _is_post(node: ast.expr) -> bool:
    """`request.POST`, also as `request.POST or None`."""
    return any(isinstance(one, ast.Attribute) and one.attr == "POST" for one in ast.walk(node))


def with_files() -> dict[str, set[str]]:
    """The form classes of the project that have a file field, found among the classes that are loaded."""
    from django import forms

    known: dict[str, set[str]] = {}
    pending: list[Any] = [forms.BaseForm]
    seen: set[Any] = set()
    while pending:
        cls = pending.pop()
        for one in cls.__subclasses__():
            if one in seen:
                continue
            seen.add(one)
            pending.append(one)
            fields = {**getattr(one, "base_fields", {}), **getattr(one, "declared_fields", {})}
            if any(isinstance(field, forms.FileField) for field in fields.values()):
                known.setdefault(one.__name__, set()).add(one.__module__)
    return {name: modules for name, modules in known.items() if not all(_foreign(module) for module in modules)}


def _foreign(module: str) -> bool:
    import sys

    file = getattr(sys.modules.get(module), "__file__", "") or ""
    return "site-packages" in file or "dist-packages" in file
