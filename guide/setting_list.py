"""The settings that have a page: a Markdown file each in guide/settings/, with a TOML head (docs/settings.md).

What can be read from an installed package, from the settings files or from the symptoms stands in none of them:
guide.installed, guide.mode_settings and guide.reference find that.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).with_name("settings")
EXAMPLES = FOLDER / "_examples"
DJANGO_DOCS = "https://docs.djangoproject.com/en/{series}/"
WHITENOISE_DOCS = "https://whitenoise.readthedocs.io/en/stable/django.html"
S3_DOCS = "https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html"
INDENT = 4
PLACES = {
    "apps.py": "project/apps.py",
    "models.py": "models.py",
    "servers.sh": "terminal",
    "storage.py": "project/storage.py",
}
WIDE = 60  # characters of a line that fit into half a page
SECTIONS = {"Choose": "choose", "Tried": "tried", "Note": "note"}


class SettingError(ValueError):
    """A page's file that cannot be read. The message names the file and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Write:
    """What to write for a purpose, such as "Production": lines of a file that tests run, or a sentence instead.

    `inside` is the dictionary into which the lines go, where that is not the file itself.
    """

    purpose: str
    say: str = ""
    file: str = ""
    lines: tuple[str, ...] = ()
    inside: str = ""

    @property
    def where(self) -> str:
        """Return the file into which the lines go."""
        return PLACES.get(self.file, "settings.py")

    @property
    def long(self) -> bool:
        """Return whether the block needs the page's whole width."""
        return any(len(line) > WIDE for line in self.lines)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a storage class of django-storages. `variables` are the settings that it is read from."""

    name: str
    variables: tuple[str, ...]
    default: str
    trouble: str


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The options of a storage class in `module` of django-storages, as they are in its release `version`."""

    backend: str
    module: str
    version: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """`name` is the page's address; `place` is the path to the value: the setting, then keys and list places in it.

    `type` says what to write; `write`, `choose`, `tried` (a doctest) and `note` are what the page advises. `claims`
    and `knobs` are names of the lab, `checks` ids of Django's system checks. `since` and `removed` are versions of
    Django, empty where every supported one has it. `also` are other names; `table` names a table of options.
    """

    name: str
    group: str
    purpose: str
    type: str = ""
    write: tuple[Write, ...] = ()
    choose: str = ""
    tried: str = ""
    note: str = ""
    claims: tuple[str, ...] = ()
    knobs: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    since: str = ""
    removed: str = ""
    docs: str = ""
    place: tuple[str, ...] = ()
    label: str = ""
    also: tuple[str, ...] = ()
    table: str = ""
    default: str = ""

    @property
    def title(self) -> str:
        """The setting as one writes it."""
        return self.label or self.name

    @property
    def path(self) -> tuple[str, ...]:
        return self.place or (self.name,)

    @property
    def variable(self) -> str:
        """The variable of the settings module that holds it."""
        return self.path[0]

    def docs_url(self, series: str) -> str:
        """The official page. `series` is that of the installed Django, such as "5.2"."""
        if self.removed:
            series = "5.0"
        elif self.since and _version(self.since) > _version(series):
            series = self.since  # an older Django's documentation does not have it
        page = self.docs or f"django:ref/settings/#std-setting-{self.name}"
        return page.replace("django:", DJANGO_DOCS).replace("{series}", series)


def _version(series: str) -> tuple[int, ...]:
    return tuple(int(part) for part in series.split("."))


STATIC, STORAGE, MEDIA, UPLOADS, PROJECT, SECURITY, WHITENOISE, S3, CLOUDS, SERVERS = (
    "Static files",
    "Storages",
    "Media files",
    "Uploads",
    "The project",
    "Security and addresses",
    "WhiteNoise",
    "S3 and S3-compatible storage (django-storages)",
    "Google Cloud and Azure (django-storages)",
    "Options of servers",
)


def read(path: Path, group: str) -> Setting:
    """Return the setting whose page is written in the file. Raises SettingError."""
    try:
        _, head, body = re.split(r"^\+\+\+$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
        data: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in tomllib.loads(head).items()
        }
        if unknown := set(data) - {field.name for field in fields(Setting)} - {"name", "group"}:
            raise SettingError(f"unknown: {', '.join(sorted(unknown))}")
        data |= _for_group(path.stem, group, data)
        place = data.get("place") or (path.stem,)
        data["write"] = tuple(_write(entry, place) for entry in data.get("write", ()))
        data |= _sections(body)
        return Setting(path.stem, group, **data)
    except (OSError, ValueError, TypeError, KeyError, LookupError) as error:
        raise SettingError(f"{path.name}: {error}") from error


def _for_group(name: str, group: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what all settings of a group have in common, unless their file says otherwise."""
    also = data.get("also", ())
    if group == WHITENOISE:
        return {"docs": f"{WHITENOISE_DOCS}#{name}", "also": (name.removeprefix("WHITENOISE_"), *also)}
    if group == S3 and name.startswith("S3-"):
        option = name.removeprefix("S3-")
        return {
            "docs": S3_DOCS,
            "place": ("STORAGES", "default", "OPTIONS", option),
            "label": f'STORAGES["default"]["OPTIONS"]["{option}"]',
            "also": (option, *s3_option(option).variables, *also),
        }
    return {}


def _sections(body: str) -> dict[str, str]:
    pieces = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
    if pieces[0].strip():
        raise SettingError("the body begins with a heading, such as ## Choose")
    return {SECTIONS[heading.strip()]: text.strip() for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)}


# What to write


def _write(entry: Mapping[str, Any], place: Sequence[str]) -> Write:
    """Return an entry of [[write]]: `from` names a file of the examples, `find` what to cut out of it."""
    if "say" in entry:
        return Write(entry["for"], say=entry["say"])
    path = EXAMPLES / entry["from"]
    text = path.read_text(encoding="utf-8")
    wanted = entry.get("find", "")
    lines = _with_text(text, wanted) if wanted else _at_place(text, place)
    inside = _dictionary_around(text, wanted, place) if path.suffix == ".py" else ""
    return Write(entry["for"], "", entry["from"], (*_imports(text, lines), *lines), inside)


def _with_text(text: str, wanted: str) -> list[str]:
    """Return the statement or entry that begins with `wanted`: the line, what is indented below it, and its bracket."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.lstrip().startswith(wanted):
            indent = _indent(line)
            end = number + 1
            while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
                end += 1
            if end < len(lines) and number + 1 < end and lines[end].lstrip()[:1] in {")", "]", "}"}:
                end += 1
            around = _class_around(lines, number)
            return [*around, *_flush(lines[_comments_above(lines, number) : end], INDENT if around else 0)]
    raise SettingError(f"no line begins with {wanted!r}")


def _class_around(lines: Sequence[str], number: int) -> list[str]:
    """Return the line of the class in which the line stands, if it stands in one."""
    if _indent(lines[number]) != INDENT:
        return []
    above = next((line for line in reversed(lines[:number]) if line and not _indent(line)), "")
    return [above] if above.startswith("class ") else []


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _at_place(text: str, place: Sequence[str]) -> list[str]:
    """Return the lines that give the setting its value: the assignment, or the entry in its dictionary."""
    lines = text.splitlines()
    for node in reversed(ast.parse(text).body):
        if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) != place[0]:
            continue
        first, last = node.lineno, node.end_lineno or node.lineno
        value: ast.expr = node.value
        for key in place[1:]:
            if not isinstance(value, ast.Dict):
                break
            names = [name.value if isinstance(name, ast.Constant) else None for name in value.keys]
            if key not in names:
                raise SettingError(f"the example sets {place[0]} without {key!r}")
            index = names.index(key)
            name, value = value.keys[index], value.values[index]
            assert name is not None  # noqa: S101 - it is a constant
            first, last = name.lineno, value.end_lineno or name.lineno
        return _flush(lines[_comments_above(lines, first - 1) : last])
    raise SettingError(f"the example does not set {place[0]}")


def _comments_above(lines: Sequence[str], number: int) -> int:
    while number and lines[number - 1].lstrip().startswith("#"):
        number -= 1
    return number


def _flush(lines: Sequence[str], keep: int = 0) -> list[str]:
    """Return the lines moved to the left until one is indented by `keep`, without empty ones at the end."""
    indent = min(_indent(line) for line in lines if line.strip()) - keep
    return "\n".join(line[indent:].rstrip() for line in lines).rstrip().split("\n")


def _dictionary_around(text: str, wanted: str, place: Sequence[str]) -> str:
    """Return the dictionary, as one writes it, that has the entry; nothing for lines that stand by themselves."""
    if not wanted:
        return _subscripted(place[:-1])
    key = re.match(r'"(\w+)"', wanted)
    for node in ast.parse(text).body if key else []:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.List):
            for found, path in _entries(node.value, (ast.unparse(node.targets[0]),)):
                written = ast.get_source_segment(text, found) or ""
                if key and path[-1] == key[1] and written.startswith(wanted.partition(": ")[2]):
                    return _subscripted(path[:-1])
    return ""


def _entries(value: ast.expr, path: tuple[str, ...]) -> Iterator[tuple[ast.expr, tuple[str, ...]]]:
    """Yield each value inside a dictionary or list with the path to it."""
    inner = zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else ()
    pairs = [(str(key.value), one) for key, one in inner if isinstance(key, ast.Constant)]
    if isinstance(value, ast.List):
        pairs = [(str(number), one) for number, one in enumerate(value.elts)]
    for key, one in pairs:
        yield one, (*path, key)
        yield from _entries(one, (*path, key))


def _subscripted(path: Sequence[str]) -> str:
    """Return `STORAGES["default"]` for the path to it."""
    keys = (f"[{key}]" if key.isdigit() else f'["{key}"]' for key in path[1:])
    return "".join([*path[:1], *keys])


def _imports(text: str, lines: Sequence[str]) -> list[str]:
    """Return the file's imports that the lines need, but for what the settings module itself has."""
    if text.startswith("#"):  # a shell script
        return []
    used = set(re.findall(r"\w+", "\n".join(lines)))
    found = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [name for name in node.names if (name.asname or name.name) in used]
            node.names = names
            if names and not ast.unparse(node).startswith("from project"):
                found.append(ast.unparse(node))
    return [*found, *([""] * (2 if lines[0].startswith(("class ", "def ")) else 1))] if found else []


# Tables of options


@cache
def option_table(name: str) -> OptionTable:
    """Return the table of guide/settings/_options/NAME.toml."""
    data = tomllib.loads((FOLDER / "_options" / f"{name}.toml").read_text(encoding="utf-8"))
    options = tuple(
        Option(key, tuple(row["variables"]), row["default"], row["trouble"]) for key, row in data["options"].items()
    )
    return OptionTable(data["backend"], data["module"], data["version"], options)


def s3_option(name: str) -> Option:
    """Raises KeyError for a name that is no option of S3Storage."""
    return {option.name: option for option in option_table("s3").options}[name]


def _in_table(setting: Setting) -> tuple[str, ...]:
    options = option_table(setting.table).options if setting.table else ()
    return tuple(variable for option in options for variable in option.variables)


# The list


def _all() -> tuple[Mapping[str, str], tuple[Setting, ...]]:
    groups = tomllib.loads((FOLDER / "_groups.toml").read_text(encoding="utf-8"))["group"]
    settings = (read(FOLDER / f"{name}.md", group["title"]) for group in groups for name in group["settings"])
    return MappingProxyType({group["id"]: group["title"] for group in groups}), tuple(settings)


GROUPS, SETTINGS = _all()  # the groups' titles, by their anchors in the index
BY_NAME: Mapping[str, Setting] = MappingProxyType({setting.name: setting for setting in SETTINGS})
# Other names by which people ask for a page: parts of a name, and django-storages' variables for its options. What is
# in a table alone leads to the table.
ALSO: Mapping[str, Setting] = MappingProxyType(
    {variable: setting for setting in reversed(SETTINGS) for variable in _in_table(setting)}
    | {other: setting for setting in SETTINGS for other in setting.also}
)


def other_names(setting: Setting) -> tuple[str, ...]:
    """Return every other name that leads to the setting's page."""
    return tuple(name for name, page in ALSO.items() if page is setting)
