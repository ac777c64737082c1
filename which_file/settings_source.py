"""Where in the settings files a setting is given its value, and what a mechanical fix changes there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import backends, checks
from .case import Case, read
from .collected import short
from .finding import Edit, Finding

LITERAL = (ast.Constant, ast.List, ast.Tuple, ast.expr_context)
WHITENOISE = re.compile(r"^\s*[\"'](?:whitenoise|servestatic)\.middleware\.\w+[\"'],?\s*(#.*)?$")
SECURITY = re.compile(r"^\s*[\"']django\.middleware\.security\.SecurityMiddleware[\"'],?\s*(#.*)?$")


@dataclass(frozen=True)
class Place:
    """An assignment: the lines `first` to `last` of `file`; `top` where it stands at the left margin."""

    name: str
    file: Path
    first: int
    last: int
    top: bool


def places(module: str) -> dict[str, Place]:
    """The last assignment of each setting, in the settings module or one of its package that it has loaded."""
    found: dict[str, Place] = {}
    package = module.rpartition(".")[0]
    names = [name for name in sys.modules if package and name.startswith(f"{package}.") and name != module]
    split = [name for name in names if "settings" in name or "config" in name or "conf" in name]
    files = [getattr(sys.modules.get(name), "__file__", None) or "" for name in [*split, module]]
    for file, tree in _trees(Path(file) for file in files if file.endswith(".py")):
        for node, top in _assignments(tree):
            for target in _targets(node):
                if target.isupper():
                    found[target] = Place(target, file, node.lineno, _last(node), top)
    return found


def _trees(files: Iterable[Path]) -> Iterator[tuple[Path, ast.Module]]:
    """Each file that can be parsed, with its syntax tree."""
    for file in files:
        try:
            yield file, ast.parse(read(file))
        except (SyntaxError, ValueError):
            continue


def _last(node: ast.stmt) -> int:
    return getattr(node, "end_lineno", node.lineno) or node.lineno


def files_of(module: str) -> list[Path]:
    """The files of the settings module and of those in its package that it has loaded, and what is beside them and
    is called settings: production's values may be in a file that is not loaded here."""
    package = module.rpartition(".")[0]
    loaded = [module, *(name for name in sys.modules if package and name.startswith(f"{package}."))]
    files = [Path(file) for name in loaded if (file := getattr(sys.modules.get(name), "__file__", None))]
    own = files[:1]
    files = [file for file in files if file in own or re.search("settings|config|conf", file.as_posix())]
    for file in own:
        beside = sorted(file.parent.glob("*.py"))
        in_package = file.parent.name in ("settings", "config", "conf", "django")
        files += [one for one in beside if in_package or re.search(r"(?i)settings|^(prod|production)\b", one.stem)]
    return [
        file
        for file in dict.fromkeys(files)
        if file.suffix == ".py" and not re.search(r"(?i)\btests?\b|_tests?\b|\bci\b|example|template", file.stem)
    ]


def not_read_here(module: str) -> Iterator[Place]:
    """Assignments of the settings that Django 5.1 removed, in a branch or a file that these settings leave out."""
    for file, tree in _trees(files_of(module)):
        for_old = {  # written for older releases too, beside STORAGES
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "VERSION" in ast.dump(node.test)
            for inner in ast.walk(node)
        }
        assigned = [(node, set(_targets(node))) for node, _ in _assignments(tree) if id(node) not in for_old]
        if any("STORAGES" in names for _, names in assigned):
            continue
        for node, names in assigned:
            for name in names & {"STATICFILES_STORAGE", "DEFAULT_FILE_STORAGE"}:
                yield Place(name, file, node.lineno, _last(node), False)


def computed(module: str, name: str) -> bool:
    """Whether a settings file gives the setting more than literals, so that a server may have another value."""
    for _file, tree in _trees(files_of(module)):
        for node, _top in _assignments(tree):
            parts = ast.walk(node.value) if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value else [node]
            if name in _targets(node) and not all(isinstance(part, LITERAL) for part in parts):
                return True
    return False


DOTTED = re.compile(r"""["']([A-Za-z_]\w*(?:\.\w+){2,})["']""")


def bucket_by_condition(case: Case, module: str) -> Place | None:
    """Where the settings name a bucket for uploads that they do not use with the values here."""
    import django

    for file in files_of(module):
        for number, line in enumerate(read(file).splitlines(), 1):
            code = line.partition("#")[0]
            for backend in DOTTED.findall(code):
                if "static" in code.lower() or "storage" not in backend.lower():
                    continue
                if "DEFAULT_FILE_STORAGE" in code and django.VERSION >= (5, 1):  # never in force there
                    continue
                if backend != case.backend("default") and "bucket" in backends.traits(backend, imports=case.imports):
                    return Place(backend, file, number, number, False)
    return None


def _assignments(tree: ast.Module) -> Iterator[tuple[ast.stmt, bool]]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            yield node, node.col_offset == 0


def _targets(node: ast.stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        for one in ast.walk(target) if target is not None else ():
            if isinstance(one, ast.Name):
                yield one.id


def located(case: Case, finding: Finding, known: dict[str, Place]) -> Finding:
    """The finding with the place of its setting and the fix, where it has none of its own."""
    if finding.file:
        return finding
    settings = [name.partition("-")[0] for name in finding.check.settings]
    # Sentences say "with DEBUG off": the line to change is another one.
    in_message = [name for name in settings if name != "DEBUG" and re.search(rf"\b{name}\b", finding.message)]
    settings.sort(key=lambda name: name == "DEBUG")
    place = next((known[name] for name in (*in_message, *settings) if name in known), None)
    if place is None:
        return finding
    edits = finding.edits or tuple(_fix(case, finding, place, known))
    return replace(finding, file=short(place.file, case.folder), line=place.first, edits=edits)


def _fix(case: Case, finding: Finding, place: Place, known: dict[str, Place]) -> Iterator[Edit]:
    ignored = finding.check in (checks.STATICFILES_STORAGE_IGNORED, checks.DEFAULT_FILE_STORAGE_IGNORED)
    if ignored and "STORAGES" not in known and place.top and place.first == place.last:
        yield Edit(str(place.file), place.first, place.last, _storages(case))
    if finding.check in (checks.WHITENOISE_ABOVE_SECURITY, checks.WHITENOISE_TOO_LOW):
        yield from _moved(place)


def slash(finding: Mapping[str, Any], known: Mapping[str, Place], module: str) -> dict[str, Any]:
    """Django's own urls.E006 with its place and the missing slash: it names neither."""
    name = next((name for name in ("STATIC_URL", "MEDIA_URL") if name in finding["message"]), "")
    place = known.get(name)
    if place is None:
        return dict(finding)
    value = getattr(sys.modules.get(module), name, None)
    edits = []
    for number, line in enumerate(read(place.file).splitlines()[place.first - 1 : place.last], place.first):
        fixed = re.sub(rf"""(["']){re.escape(str(value))}\1""", rf"\g<1>{value}/\g<1>", line)
        if fixed != line:
            edits.append((str(place.file), number, number, [fixed]))
    return {**finding, "edits": edits, "hint": finding["hint"] or f'Write {name} = "{value}/".', "at": place}


def _storages(case: Case) -> tuple[str, ...]:
    names = {
        "default": case.get("DEFAULT_FILE_STORAGE") or case.backend("default"),
        "staticfiles": case.get("STATICFILES_STORAGE") or case.backend("staticfiles"),
    }
    lines = [f'    "{alias}": {{"BACKEND": "{backend}"}},' for alias, backend in names.items()]
    return ("STORAGES = {", *lines, "}")


def _moved(place: Place) -> Iterator[Edit]:
    """WhiteNoise's line right below that of SecurityMiddleware, where each has a line of its own."""
    lines = read(place.file).splitlines()[place.first - 1 : place.last]
    ours = [number for number, line in enumerate(lines) if WHITENOISE.match(line)]
    security = [number for number, line in enumerate(lines) if SECURITY.match(line)]
    if len(ours) == 1 and len(security) == 1:
        moved = [line if line.rstrip().endswith(",") or "#" in line else f"{line.rstrip()}," for line in lines[1:-1]]
        whole = [lines[0], *moved, lines[-1]] if len(lines) > 2 else lines
        line = whole.pop(ours[0])
        whole.insert(security[0] + (security[0] < ours[0]), line)
        yield Edit(str(place.file), place.first, place.last, tuple(whole))
