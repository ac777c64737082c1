"""Makes the data of `which-file why` from the folders of the symptoms. Needs Python 3.11, for its TOML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

SECTIONS = ("Fix", "Check", "Why")


def read_all(folder: Path) -> list[dict[str, Any]]:
    """Return what is needed of each symptom, in the order of the slugs; nothing where this Python reads no TOML."""
    try:
        import tomllib
    except ImportError:
        return []
    found = []
    for file in sorted(folder.glob("*/symptom.md")):
        _, head, body = file.read_text(encoding="utf-8").split("+++\n", 2)
        data = tomllib.loads(head)
        found.append(
            {
                "slug": file.parent.name,
                "title": data["title"],
                "summary": data["summary"].replace("`", ""),
                "messages": data["messages"],
                "phrases": data["phrases"],
                "sections": _sections(body, file.parent),
            }
        )
    return found


def _sections(body: str, folder: Path) -> dict[str, str]:
    parts = re.split(r"(?m)^## (.+)\n", body)
    texts = dict(zip(parts[1::2], parts[2::2]))
    return {name: _with_files(texts[name], folder).strip() for name in SECTIONS if name in texts}


def _with_files(text: str, folder: Path) -> str:
    """A line `{{ path }}` becomes the file that the reader is told to write."""

    def file(match: re.Match[str]) -> str:
        place = folder / "fixed" / match[1]
        if not place.is_file():
            return match[1]
        content = place.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        return f"{match[1]}:\n```\n{content}\n```"

    return re.sub(r"(?m)^\{\{ (\S+) \}\}$", file, text)
