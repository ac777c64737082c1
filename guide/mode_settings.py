"""What this project's own settings modules make of a setting, and the line of theirs that says so.

The value comes from importing the module in a child process, the line from its source. The child gets an environment of
its own, with made-up values for what it asks for (guide.mode_values), so that nothing of the running site's, least of
all a secret, can come out.
"""

import ast
import functools
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.installed import Line
from guide.setting_list import Setting

MODES = ("dev", "prod", "cloud")
SECONDS = 30
_importing = threading.Lock()  # visitors who come at the same moment wait for one import


@dataclass(frozen=True, slots=True)
class ModeValue:
    """`text` is None where the module does not set it; `line` is where it does, with `from_environment` when that line
    asks the environment. `refused` says why the module could not be imported here."""

    mode: str
    text: str | None = None
    line: Line | None = None
    from_environment: bool = False
    refused: str = ""


def modes(base: Path) -> tuple[str, ...]:
    """The settings modules that there are."""
    return tuple(mode for mode in MODES if (base / "mysite/settings" / f"{mode}.py").is_file())


def value(setting: Setting, mode: str, base: Path) -> ModeValue:
    """`base` is the project's folder."""
    values, refused = _values(mode, base)
    if refused:
        return ModeValue(mode, line=_place(setting, mode, base)[0], refused=refused)
    text = values.get(setting.name)
    if text is None:
        return ModeValue(mode)
    line, from_environment = _place(setting, mode, base)
    return ModeValue(mode, text, line, from_environment)


def _values(mode: str, base: Path) -> tuple[Mapping[str, str], str]:
    """The texts by the settings' names, or why there are none."""
    with _importing:
        return _imported(mode, base)


@functools.cache
def _imported(mode: str, base: Path) -> tuple[Mapping[str, str], str]:
    """One import per process of ours."""
    environ = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    environ |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "guide.mode_values", f"mysite.settings.{mode}"]
    try:
        child = subprocess.run(
            command, cwd=base, env=environ, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return {}, f"It could not be imported here ({type(error).__name__})."
    if child.returncode == 0:
        return json.loads(child.stdout), ""
    return {}, f"It could not be imported here: {_why((child.stderr.strip().splitlines() or [''])[-1])}"


def _why(last: str) -> str:
    """The class of the error and, where a package lacks, which: no more, since a message may quote a value."""
    missing = re.search(r"No module named '([\w.]+)'", last)
    if missing:
        return f"the package {missing[1].split('.')[0]} is not installed (requirements-cloud.txt)."
    return f"{last.partition(':')[0].rpartition('.')[2] or 'it ended with an error'}."


# Which line says so


def _place(setting: Setting, mode: str, base: Path) -> tuple[Line | None, bool]:
    found = _find(f"mysite.settings.{mode}", setting.path, base)
    if found is None:
        return None, False
    path, node, number = found
    text = path.read_text(encoding="utf-8").splitlines()[number - 1].strip()
    line = Line(path.relative_to(base).as_posix(), number, text)
    return line, isinstance(node, ast.expr) and _asks_environment(_module(path, base), node, base)


def _find(module: str, way: Sequence[str], base: Path, before: int | None = None) -> tuple[Path, ast.expr, int] | None:
    """The expression at the end of `way` and its line: in the module itself, else in the one it imports * from.

    `before` leaves out what stands on that line or later, for `NAME = {**NAME, …}`.
    """
    path = base / (module.replace(".", "/") + ".py")
    if not path.is_file():
        return None
    tree = _tree(path)
    assigned = [pair for pair in _assigned(tree.body, way[0]) if before is None or pair[1] < before]
    if assigned:
        expression, number = max(assigned, key=lambda pair: pair[1])
        return _descend(module, path, expression, number, way, base)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.names[0].name == "*":
            found = _find(node.module, way, base)
            if found:
                return found
    return None


def _assigned(statements: Sequence[ast.stmt], name: str) -> list[tuple[ast.expr, int]]:
    """The values that the name gets, and their lines. What stands under an `if` may not happen, so it is left out."""
    found = []
    for node in statements:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
        if named and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            found.append((node.value, node.lineno))
    return found


def _asks_environment(module: str, expression: ast.expr, base: Path, depth: int = 4) -> bool:
    """Whether the environment has a say in the value, in this expression or in a name that it uses."""
    text = ast.unparse(expression)
    if "environ" in text or "required(" in text:
        return True
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)} if depth else set()
    found = (_find(module, (name,), base, before=expression.lineno) for name in names)
    return any(
        place is not None and _asks_environment(_module(place[0], base), place[1], base, depth - 1) for place in found
    )


def _module(path: Path, base: Path) -> str:
    return ".".join(path.relative_to(base).with_suffix("").parts)


def _descend(
    module: str, path: Path, expression: ast.expr, number: int, way: Sequence[str], base: Path
) -> tuple[Path, ast.expr, int] | None:
    """Into dictionaries and lists along the rest of the way; `**NAME` and `[*NAME]` lead to that name's own place."""
    start = number
    for index, key in enumerate(way[1:], start=1):
        rest = way[index:]
        if isinstance(expression, ast.Name):
            return _find(module, (expression.id, *rest), base, before=start)
        if isinstance(expression, ast.List) and key.isdigit() and int(key) < len(expression.elts):
            expression = expression.elts[int(key)]
            number = expression.lineno
            continue
        if not isinstance(expression, ast.Dict):
            return path, expression, number
        for name, inner in zip(reversed(expression.keys), reversed(expression.values), strict=True):
            if name is None and isinstance(inner, ast.Name):
                found = _find(module, (inner.id, *rest), base, before=start)
                if found:
                    return found
            elif isinstance(name, ast.Constant) and name.value == key:
                expression, number = inner, name.lineno
                break
        else:
            return None
    return path, expression, number


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
