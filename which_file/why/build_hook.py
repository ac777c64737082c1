"""Hatchling's hook: when the package is built, the symptoms' folders become which_file/why/symptoms.json in it."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SymptomsHook(BuildHookInterface):  # type: ignore[misc,type-arg,unused-ignore]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Put the file into the archive; nothing is written in the source tree. An sdist already has it."""
        root = Path(self.root)
        sources = root / "guide" / "symptoms"
        if not sources.is_dir():
            return
        spec = importlib.util.spec_from_file_location("bundle", root / "which_file/why/bundle.py")
        if spec is None or spec.loader is None:
            raise ImportError("which_file/why/bundle.py")
        bundle = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(bundle)
        listed = bundle.read_all(sources)
        if not listed:
            raise RuntimeError("Build with Python 3.11 or newer: the symptoms are written in TOML.")
        file = Path(tempfile.mkdtemp()) / "symptoms.json"
        file.write_text(json.dumps(listed, ensure_ascii=False, indent=0), encoding="utf-8")
        build_data["force_include"][str(file)] = "which_file/why/symptoms.json"
