"""Files laid over a project: whole files, but settings.py statement by statement, as a reader would edit it."""

import ast
from collections.abc import Mapping

SETTINGS = "project/settings.py"


class OverlayError(ValueError):
    """A settings fragment that is not Python. The message names the line."""


def laid_over(project: Mapping[str, bytes], overlay: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the project's files with the overlay's in their place; delete.txt names files to remove, one a line.

    Raises OverlayError when the settings of the overlay cannot be read.
    """
    files = dict(project)
    for path, content in overlay.items():
        if path == "delete.txt":
            for name in content.decode().split():
                files.pop(name, None)
        elif path == SETTINGS and SETTINGS in project:
            files[path] = merged(project[path].decode(), content.decode()).encode()
        else:
            files[path] = content
    return files


def merged(settings: str, fragment: str) -> str:
    """Return `settings` with the statements of `fragment` written into it.

    An assignment replaces the one of the same name or goes to the end; `del NAME` removes one; an import joins the
    imports; anything else goes to the end. Comments directly above a statement belong to it.
    """
    lines = settings.splitlines()
    for statement, text in statements(fragment):
        place = _place(lines, statement)
        if isinstance(statement, ast.Import | ast.ImportFrom):
            if ast.unparse(statement) not in "\n".join(lines):
                end = _last_import(lines)
                lines[end:end] = text.splitlines()
        elif isinstance(statement, ast.Delete):
            lines[place[0] : place[1]] = []
        elif place is not None and place[1]:
            lines[place[0] : place[1]] = text.splitlines()
        else:
            lines += ["", *text.splitlines()]
    return "\n".join(lines) + "\n"


def statements(source: str) -> list[tuple[ast.stmt, str]]:
    """Return each top-level statement with its text, the comments above it included. Raises OverlayError."""
    lines = source.splitlines()
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise OverlayError(f"line {error.lineno}: {error.msg}") from error
    found, begin = [], 0
    for statement in body:
        end = statement.end_lineno or statement.lineno
        text = "\n".join(lines[begin:end]).strip("\n")
        found.append((statement, text))
        begin = end
    return found


def _place(lines: list[str], statement: ast.stmt) -> tuple[int, int]:
    """Return the lines that assign the same name, as a slice; (0, 0) when there are none."""
    name = _name(statement)
    if name:
        for old in ast.parse("\n".join(lines)).body:
            if isinstance(old, ast.Assign) and _name(old) == name:
                return old.lineno - 1, old.end_lineno or old.lineno
    return 0, 0


def _name(statement: ast.stmt) -> str:
    targets = statement.targets if isinstance(statement, ast.Assign | ast.Delete) else []
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def _last_import(lines: list[str]) -> int:
    body = ast.parse("\n".join(lines)).body
    imports = [node.end_lineno or node.lineno for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    return max(imports, default=0)
