"""Settings as they are with DEBUG taken as off: `--production`.

What a settings file decides by DEBUG (`if not DEBUG: STORAGES = …`) has to come out as on a server, so the assignment
itself is read as `DEBUG = False`. The file on the disk stays as it is.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any


class _Loader(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:  # type: ignore[override]
        tree = ast.parse(data, filename=path)
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and any(
                isinstance(target, ast.Name) and target.id == "DEBUG" for target in targets
            ):
                node.value = ast.copy_location(ast.Constant(False), node)
        return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname: str) -> Any:
        """Never from a .pyc, which has DEBUG as it was."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module: str) -> None:
        self.module = module
        self.package = module.rpartition(".")[0]

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        beside = self.package and fullname.startswith(f"{self.package}.") and "settings" in self.package
        if fullname != self.module and not beside:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(fullname, spec.loader.path)
        return spec


def install(module: str) -> None:
    sys.meta_path.insert(0, _Finder(module))
