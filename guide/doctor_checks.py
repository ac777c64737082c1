"""What `manage.py doctor` can find, read from the source of its checks: about which symptom, and which settings."""

import ast
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import doctor
from guide.setting_list import BY_NAME, PROJECT, STATIC, STORAGE, Setting

SOURCE = Path(doctor.__file__).parent
SETTING_NAMES = frozenset(setting.variable for setting in BY_NAME.values())
Bound = Mapping[str, ast.expr]


@dataclass(frozen=True, slots=True)
class Check:
    """`message` and `hint` have a … where the values of a project stand. `symptom` is the number of its page."""

    id: str
    message: str
    hint: str
    symptom: int | None

    @property
    def settings(self) -> frozenset[str]:
        """Those with a page that it names."""
        return SETTING_NAMES & set(re.findall(r"[A-Z][A-Z0-9_]+", f"{self.message} {self.hint}"))

    def guards(self, setting: Setting) -> bool:
        """Whether it names the setting, or names none and is about a symptom of one that decides who serves what."""
        if self.settings:
            return setting.variable in self.settings and len(setting.path) == 1
        return setting.group in (STATIC, STORAGE, PROJECT) and self.symptom in setting.symptoms


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """In the order of their numbers."""
    modules = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.glob("*.py"))
    found = (check for module in modules for check in _checks_in(module, _constants(module)))
    return tuple(sorted(found, key=lambda check: re.sub(r"\D", "", check.id)))


def count() -> int:
    """Of the mistakes with a number; one may stand in several settings."""
    return len({check.id for check in all_checks()})


def of_setting(setting: Setting) -> tuple[Check, ...]:
    return tuple(check for check in all_checks() if check.guards(setting))


def of_symptom(number: int) -> tuple[Check, ...]:
    return tuple(check for check in all_checks() if check.symptom == number)


def _constants(module: ast.Module) -> Bound:
    return {
        statement.targets[0].id: statement.value
        for statement in module.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Constant)
    }


def _checks_in(node: ast.AST, bound: Bound) -> Iterator[Check]:
    """Every `Finding(id, message, hint[, symptom])` below `node`; of a loop over a table, one for each row."""
    if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
        for row in node.iter.elts:
            values = zip(_parts(node.target), _parts(row), strict=True)
            inside = {**bound, **{name.id: value for name, value in values if isinstance(name, ast.Name)}}
            for statement in node.body:
                yield from _checks_in(statement, inside)
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
        id_, message, hint, *rest = (_text(argument, bound) for argument in node.args)
        yield Check(id_, message, hint, int(rest[0]) if rest else None)
    for child in ast.iter_child_nodes(node):
        yield from _checks_in(child, bound)


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _text(node: ast.expr, bound: Bound) -> str:
    """As the reader sees it, with a … for what only a project knows."""
    return re.sub(r"…(?: …)+", "…", _written(node, bound))


def _written(node: ast.expr, bound: Bound) -> str:
    match node:
        case ast.Constant(value):
            return str(value)
        case ast.JoinedStr(values):
            return "".join(_written(value, bound) for value in values)
        case ast.FormattedValue(value):
            return _written(value, bound)
        case ast.Name(name) if name in bound:
            return _written(bound[name], bound)
        case _:
            return "…"
