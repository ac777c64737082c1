"""Django's defaults as each supported release has them: recorded, because one process has one Django."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from guide import installed
from guide.setting_list import FOLDER, SETTINGS, Setting
from lab.probe.versions import django_series

RECORDS = FOLDER / "_defaults"


def texts() -> dict[str, str]:
    """Return the name of each setting with a default of Django's -> the text that its page shows, here."""
    return {setting.name: _text(installed.default(setting)) for setting in SETTINGS if installed.of_django(setting)}


def record() -> Path:
    """Write the defaults of the installed Django to its file, and return its path."""
    path = RECORDS / f"{django_series()}.json"
    path.write_text(json.dumps(texts(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@cache
def recorded() -> Mapping[str, Mapping[str, str]]:
    """Return series of Django -> the texts of its defaults."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RECORDS.glob("*.json"))}


def by_series(setting: Setting) -> tuple[tuple[str, str], ...]:
    """Return pairs of the releases that agree, such as "5.2 and 6.1", and their default; none if it is not Django's."""
    found: dict[str, list[str]] = {}
    for series, defaults in recorded().items():
        if setting.name in defaults:
            found.setdefault(defaults[setting.name], []).append(series)
    return tuple((" and ".join(series), text) for text, series in found.items())


def _text(default: installed.Default) -> str:
    return default.text or "not there"
