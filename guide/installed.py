"""What the installed packages say of a setting: its default, and the lines that read it.

Read from the packages' own source and classes, so a page says what this very Django, WhiteNoise and django-storages do.
"""

import ast
import functools
import inspect
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

import django
import whitenoise
from django.conf import global_settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField

from guide.setting_list import S3, SERVERS, SETTINGS, WHITENOISE, Setting, option_table
from guide.source import Line


@dataclass(frozen=True, slots=True)
class Default:
    """`text` as it stands in the source, `type` its Python type (empty where only the source is known), `line` where it
    stands. `missing` is the sentence for a package that is not here or does not have it."""

    text: str = ""
    type: str = ""
    line: Line | None = None
    missing: str = ""


DJANGO = f"Django {django.get_version()}"


def default(setting: Setting) -> Default:
    """The default of the installed package."""
    if setting.default:
        return Default(setting.default)
    if setting.table:
        return Default(missing="Each option has its own, in the table.")
    if setting.name in SPECIAL:
        return SPECIAL[setting.name]()
    owner, _, attribute = setting.name.partition(".")
    if owner in OWNERS:
        return _attribute(OWNERS[owner], attribute)
    if setting.group == WHITENOISE:
        return _whitenoise(setting)
    if setting.group == S3:
        return _s3(setting)
    return _django(setting)


def of_django(setting: Setting) -> bool:
    """Return whether the default is Django's, so that two releases of Django may have two."""
    return not (setting.default or setting.table or setting.group in (WHITENOISE, S3)) or setting.name in OF_DJANGO


def _django(setting: Setting) -> Default:
    if not hasattr(global_settings, setting.variable):
        if setting.removed:
            return Default(missing=f"{DJANGO} does not know it: removed in Django {setting.removed}.")
        return Default(missing=f"{DJANGO} does not know it: new in Django {setting.since}.")
    value: Any = getattr(global_settings, setting.variable)
    line = _assignment(_package(django) / "conf/global_settings.py", setting.variable)
    for key in setting.path[1:]:
        if not isinstance(value, dict) or key not in value:
            return Default("not set", "", line)
        value = value[key]
    text = (
        line.text.partition("=")[2].partition("#")[0].strip() if line and type(value) is int else repr(value)
    )  # 0o644, not 420
    return Default(text, type(value).__name__, line)


def _context_processors() -> Default:
    """TEMPLATES is an empty list by default, so no engine and no context processor."""
    line = _assignment(_package(django) / "conf/global_settings.py", "TEMPLATES")
    return Default(f"TEMPLATES = {global_settings.TEMPLATES!r}: no engine, so no context processors", "list", line)


def _file_system_options() -> Default:
    """The arguments of FileSystemStorage with their defaults."""
    start = FileSystemStorage.__init__
    arguments = [argument for name, argument in inspect.signature(start).parameters.items() if name != "self"]
    code = start.__code__
    line = _line(Path(code.co_filename), code.co_firstlineno)
    return Default(", ".join(str(argument) for argument in arguments), "keyword arguments", line)


def _manifest_strict() -> Default:
    return _attribute(ManifestFilesMixin, "manifest_strict")


def _attribute(owner: type, name: str) -> Default:
    """An attribute of a class, or an argument that it is made with."""
    source = Path(inspect.getfile(owner))
    if hasattr(owner, name) and name not in inspect.signature(owner).parameters:
        value = getattr(owner, name)
        text = "url() and @import in *.css; source maps in *.css and *.js" if name == "patterns" else repr(value)
        return Default(text, type(value).__name__, _assignment(source, name))
    value = inspect.signature(owner).parameters[name].default
    code = owner.__init__.__code__  # type: ignore[misc]
    return Default(repr(value), type(value).__name__, _line(Path(code.co_filename), code.co_firstlineno))


OWNERS: dict[str, type] = {
    "ManifestStaticFilesStorage": ManifestFilesMixin,
    "StaticFilesConfig": StaticFilesConfig,
    "FileField": FileField,
}


def _skipped_extensions() -> Default:
    """None means the list of the class that compresses."""
    from whitenoise.compress import Compressor

    source = Path(inspect.getfile(Compressor))
    value = Compressor.SKIP_COMPRESS_EXTENSIONS
    return Default(repr(tuple(value)), "tuple", _assignment(source, "SKIP_COMPRESS_EXTENSIONS"))


READ_IN = {"StaticFilesConfig": Path(inspect.getfile(collectstatic))}
OF_DJANGO = frozenset({"MANIFEST_STRICT"})
SPECIAL: dict[str, Callable[[], Default]] = {
    "TEMPLATES": _context_processors,
    "STORAGES-default-OPTIONS": _file_system_options,
    "MANIFEST_STRICT": _manifest_strict,
    "WHITENOISE_SKIP_COMPRESS_EXTENSIONS": _skipped_extensions,
}


def _whitenoise(setting: Setting) -> Default:
    """WhiteNoise tries the setting and says what else it takes; that place is the default."""
    for path in _sources(_package(whitenoise)):
        if setting.variable not in _text(path):
            continue
        for node in ast.walk(_tree(path)):
            found = _fallback(node, setting.variable)
            if found is not None:
                try:
                    type_name = type(ast.literal_eval(found)).__name__
                except ValueError:
                    type_name = ""
                return Default(ast.unparse(found), type_name, _line(path, found.lineno))
    return Default(missing=f"WhiteNoise {metadata.version('whitenoise')} does not know it.")


def _fallback(node: ast.AST, name: str) -> ast.expr | None:
    """In `try: x = settings.NAME / except AttributeError: x = …` and `getattr(settings, "NAME", …)` the other."""
    if isinstance(node, ast.Try) and any(_reads(inner, name) for part in node.body for inner in ast.walk(part)):
        otherwise = node.handlers[0].body[0]
        if isinstance(otherwise, ast.If) and isinstance(otherwise.orelse[0], ast.Assign | ast.AnnAssign):
            first, second = otherwise.body[0], otherwise.orelse[0]
            if isinstance(first, ast.Assign) and first.value and second.value:
                return ast.copy_location(ast.IfExp(otherwise.test, first.value, second.value), otherwise)
        return otherwise.value if isinstance(otherwise, ast.Assign) else None
    if isinstance(node, ast.Call) and _is_getattr(node, name) and len(node.args) > 2:
        return node.args[2]
    return None


def _s3(setting: Setting) -> Default:
    """From the table of options, which tests compare with the package: it need not be here."""
    option = setting.path[-1]
    text = next(one.default for one in option_table("s3").options if one.name == option)
    path = _s3_source()
    line = next(_lines_with(path, f'"{option}"'), None) if path else None
    return Default(text, type(ast.literal_eval(text)).__name__, line)


def _s3_source() -> Path | None:
    """The module's file without importing it, which would need boto3."""
    found = util.find_spec("storages")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / "backends/s3.py"
    return path if path.is_file() else None


# What reads a setting


def readers(setting: Setting) -> tuple[Line, ...]:
    """The lines of Django, WhiteNoise and django-storages that read it, in the order of their files."""
    if setting.group == S3 and not setting.table:
        path = _s3_source()
        return tuple(_lines_with(path, f".{setting.path[-1]}")) if path else ()
    if setting.table or setting.group == SERVERS:
        return ()
    owner, _, attribute = setting.name.partition(".")
    if owner in OWNERS:
        text = f".{attribute}" if owner == "StaticFilesConfig" else f"self.{attribute}"
        return tuple(_lines_with(READ_IN.get(owner) or Path(inspect.getfile(OWNERS[owner])), text))
    if setting.name == "STORAGES-default-OPTIONS":
        names = ("self._location", "self._base_url", "self._allow_overwrite")
        path = Path(inspect.getfile(FileSystemStorage))
        handler = path.parent / "handler.py"
        return (*_lines_with(handler, "OPTIONS"), *(line for name in names for line in _lines_with(path, name)))
    if setting.name == "MANIFEST_STRICT":
        read = _lines_with(Path(inspect.getfile(ManifestFilesMixin)), "self.manifest_strict")
        return (*read, *_all_readers().get(setting.variable, ()))
    return _all_readers().get(setting.variable, ())


def _lines_with(path: Path, text: str) -> Iterator[Line]:
    pattern = re.compile(re.escape(text) + r"(?!\w)(?!\s*=[^=])")  # a reading, not an assignment
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if pattern.search(line) and not line.lstrip().startswith("#"):
            yield _line(path, number)


@functools.cache
def _all_readers() -> dict[str, tuple[Line, ...]]:
    """Return, for each setting, the lines of Django and WhiteNoise that read it."""
    found: dict[str, list[Line]] = {}
    for package in (_package(django), _package(whitenoise)):
        for path in _sources(package):
            content = path.read_bytes()
            if b"settings" in content and _NAMED.search(content):
                seen = dict.fromkeys(reads(content.decode()))  # once, where a line reads it twice
                for name, number in seen:
                    found.setdefault(name, []).append(_line(path, number))
    return {name: tuple(lines) for name, lines in found.items()}


_NAMES = frozenset(setting.variable for setting in SETTINGS if setting.variable.isupper())
_NAMED = re.compile(rf"settings\b[^\n]*\b(?:{'|'.join(sorted(_NAMES))})\b".encode())
# Each part begins with a letter or a sign of its own, which lets the search skip whatever begins with none of them.
_READ = (
    r"settings(?<![\w.]settings)\.(?P<attribute>[A-Z][A-Z0-9_]*)\b(?!\s*[-+*/|]?=[^=])"  # not an assignment
    r"""|getattr(?<![\w.]getattr)\(\s*settings,\s*["'](?P<argument>[A-Z][A-Z0-9_]*)["']"""
)
_TOKEN = re.compile(
    r"#[^\n]*"
    r'|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
    r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
    rf"|{_READ}",
    re.DOTALL,
)
_REPLACED = re.compile(rf"(?<!\{{)\{{[^{{}}]*?(?:{_READ})")  # between the braces of an f-string


def reads(source: str) -> Iterator[tuple[str, int]]:
    """Yield (name, line number) for each `settings.NAME` and `getattr(settings, "NAME")` that reads a setting with a
    page in a module's code.

    A regular expression passes over comments and strings: parsing the same modules takes several times as long.
    """
    number, counted = 1, 0
    for token in _TOKEN.finditer(source):
        start = token.start()
        found = [token]
        if source[start] in "\"'":
            prefix = source[max(0, start - 2) : start].lower()
            found = list(_REPLACED.finditer(source, start, token.end())) if prefix.endswith(("f", "fr")) else []
        for read in found:
            if (name := read["attribute"] or read["argument"]) in _NAMES:
                number += source.count("\n", counted, read.start())
                counted = read.start()
                yield name, number


def _is_getattr(node: ast.Call, name: str) -> bool:
    return (
        isinstance(node.func, ast.Name)
        and node.func.id == "getattr"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
        and node.args[1].value == name
    )


def _reads(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == name


def _package(package: Any) -> Path:
    return Path(package.__file__).parent


def _sources(package: Path) -> list[Path]:
    """Return the package's modules but for translations and geography, in order."""
    found: list[Path] = []
    for folder, folders, files in os.walk(package):  # several times as fast as rglob
        folders[:] = [name for name in folders if name not in ("locale", "gis", "__pycache__")]
        found += [Path(folder, name) for name in files if name.endswith(".py")]
    return sorted(found)


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(_text(path))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _assignment(path: Path, name: str) -> Line | None:
    """The first line in which the name gets a value."""
    for node in ast.walk(_tree(path)):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return _line(path, node.lineno)  # type: ignore[attr-defined]
    return None


def _line(path: Path, number: int) -> Line:
    return Line(_shown(path), number, _lines(path)[number - 1].strip())


@functools.cache
def _shown(path: Path) -> str:
    """Return the path from its package on."""
    for parent in path.parents:
        if not (parent / "__init__.py").exists():
            return path.relative_to(parent).as_posix()
    return path.as_posix()


@functools.lru_cache(maxsize=8)
def _lines(path: Path) -> list[str]:
    return _text(path).split("\n")
