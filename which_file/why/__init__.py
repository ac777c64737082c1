"""What an error message means, offline: the index of the symptoms, with the fix of each."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from . import bundle
from .index import Answer, Document, Index
from .log import logs

HERE = Path(__file__).parent
DATA = HERE / "symptoms.json"  # made when the package is built, by build_hook.py
SOURCES = HERE.parents[1] / "guide" / "symptoms"  # where it is made from; beside the package in the site's own folder
ELSEWHERE = HERE / "elsewhere.txt"  # a line for each message that is about other things


def elsewhere() -> list[str]:
    return ELSEWHERE.read_text(encoding="utf-8").splitlines()


@functools.lru_cache(maxsize=None)
def symptoms() -> dict[str, dict[str, Any]]:
    """Return each symptom by its slug; what the package was built with, or the folders themselves."""
    if DATA.is_file():
        listed = json.loads(DATA.read_text(encoding="utf-8"))
    else:
        listed = bundle.read_all(SOURCES) if SOURCES.is_dir() else []
    return {one["slug"]: one for one in listed}


@functools.lru_cache(maxsize=None)
def index() -> Index:
    documents = [
        Document("symptom", slug, one["title"], slug, tuple(one["messages"]), tuple(one["phrases"]), one["summary"])
        for slug, one in symptoms().items()
    ]
    return Index(documents, elsewhere(), logs())


def search(text: str) -> Answer:
    """Return the symptoms that fit, best first. Never raises, whatever the text."""
    return index().search(text)
