"""Which line of the settings modules' source gives a setting its value."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.source import Line


@dataclass(frozen=True, slots=True)
class _Module:
    """`assigned` is name -> the values that it gets and their lines; `stars` are the modules of `from … import *`."""

    name: str
    path: Path
    lines: Sequence[str]
    assigned: Mapping[str, Sequence[tuple[ast.expr, int]]]
    stars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """An expression, and the line to show for it."""

    module: _Module
    expression: ast.expr
    number: int


class Source:
    """The modules below the project's folder `base`, each read once."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._modules: dict[str, _Module | None] = {}

    def line(self, module: str, way: Sequence[str]) -> tuple[Line | None, bool]:
        """Return the line that sets what is at the end of `way`, and whether the environment has a say in it."""
        place = self._find(module, way)
        if place is None:
            return None, False
        path = place.module.path.relative_to(self._base).as_posix()
        line = Line(path, place.number, place.module.lines[place.number - 1].strip())
        return line, self._asks_environment(place)

    def _find(self, name: str, way: Sequence[str], before: int | None = None) -> _Place | None:
        """Return the expression at the end of `way`: in the module itself, else in the one it imports * from.

        `before` leaves out what stands on that line or later, for `NAME = {**NAME, …}`.
        """
        module = self._module(name)
        if module is None:
            return None
        assigned = [pair for pair in module.assigned.get(way[0], ()) if before is None or pair[1] < before]
        if assigned:
            expression, number = max(assigned, key=lambda pair: pair[1])
            return self._descend(_Place(module, expression, number), way)
        return next(filter(None, (self._find(star, way) for star in module.stars)), None)

    def _descend(self, place: _Place, way: Sequence[str]) -> _Place | None:
        """Go into dictionaries and lists along the rest of the way; `**NAME`, `[*NAME]` lead to the place of NAME."""
        module, expression, number = place.module, place.expression, place.number
        start = number
        for index, key in enumerate(way[1:], start=1):
            rest = way[index:]
            if isinstance(expression, ast.Name):
                return self._find(module.name, (expression.id, *rest), before=start)
            if isinstance(expression, ast.List) and key.isdigit() and int(key) < len(expression.elts):
                expression = expression.elts[int(key)]
                number = expression.lineno
                continue
            if not isinstance(expression, ast.Dict):
                return _Place(module, expression, number)
            for name, inner in zip(reversed(expression.keys), reversed(expression.values), strict=True):
                if name is None and isinstance(inner, ast.Name):
                    found = self._find(module.name, (inner.id, *rest), before=start)
                    if found:
                        return found
                elif isinstance(name, ast.Constant) and name.value == key:
                    expression, number = inner, name.lineno
                    break
            else:
                return None
        return _Place(module, expression, number)

    def _asks_environment(self, place: _Place, depth: int = 4) -> bool:
        """Return whether the environment has a say in the value, in this expression or in a name that it uses."""
        expression = place.expression
        text = ast.unparse(expression)
        if "environ" in text or "required(" in text:
            return True
        names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)} if depth else set()
        used = (self._find(place.module.name, (name,), before=expression.lineno) for name in names)
        return any(self._asks_environment(one, depth - 1) for one in used if one is not None)

    def _module(self, name: str) -> _Module | None:
        if name not in self._modules:
            path = self._base / (name.replace(".", "/") + ".py")
            self._modules[name] = _read(name, path) if path.is_file() else None
        return self._modules[name]


def _read(name: str, path: Path) -> _Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    stars = tuple(
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.names[0].name == "*"
    )
    return _Module(name, path, text.split("\n"), _assigned(tree.body), stars)


def _assigned(statements: Sequence[ast.stmt]) -> dict[str, list[tuple[ast.expr, int]]]:
    """Return the values that each name gets. What stands under an `if` may not happen, so it is left out."""
    found: dict[str, list[tuple[ast.expr, int]]] = {}
    for node in statements:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                found.setdefault(target.id, []).append((node.value, node.lineno))
    return found
