"""What this project's own settings modules make of a setting, and the line of theirs that says so.

The values come from importing the modules in a child process (guide.mode_values), the lines from their source
(guide.mode_source). The child gets an environment of its own, with made-up values for what the modules ask for, so that
nothing of the running site's, least of all a secret, can come out.
"""

import contextlib
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from guide.mode_source import Source
from guide.setting_list import Setting
from guide.source import Line

MODES = ("dev", "prod", "cloud")
SECONDS = 30


@dataclass(frozen=True, slots=True)
class ModeValue:
    """`text` is None where the module does not set it; `line` is where it does, with `from_environment` when that line
    asks the environment. `refused` says why the module could not be imported here."""

    mode: str
    text: str | None = None
    line: Line | None = None
    from_environment: bool = False
    refused: str = ""


class SettingsModules:
    """The settings modules of the project in the folder `base`, as they were when this was made.

    Importing them begins at once, in the background; who asks for a value waits until it is done.
    """

    def __init__(self, base: Path) -> None:
        self.modes = tuple(mode for mode in MODES if (base / "mysite/settings" / f"{mode}.py").is_file())
        self._source = Source(base)
        self._imported: Future[dict[str, _Imported]] = Future()
        threading.Thread(target=self._import, args=(base,), daemon=True).start()

    def value(self, setting: Setting, mode: str) -> ModeValue:
        """Return what the module of that mode makes of the setting."""
        imported = self._imported.result()[mode]
        text = imported.values.get(setting.name)
        if text is None and not imported.refused:
            return ModeValue(mode)
        line, from_environment = self._source.line(f"mysite.settings.{mode}", setting.path)
        return ModeValue(mode, text, line, from_environment and not imported.refused, imported.refused)

    def _import(self, base: Path) -> None:
        try:
            self._imported.set_result(_imported(base, self.modes))
        except Exception as error:  # whoever waits has to hear of it
            self._imported.set_exception(error)


def current(base: Path) -> SettingsModules:
    """Return the settings modules as they are now: the same ones until a file of the project's package changes."""
    stamps = tuple(_stamps(base / "mysite"))
    with _making:  # visitors who come at the same moment wait for one import
        return _made(base, stamps, os.getpid())  # a forked process does not have the thread that imports


_making = threading.Lock()


@functools.lru_cache(maxsize=2)
def _made(base: Path, _stamps: tuple[tuple[str, int, int], ...], _process: int) -> SettingsModules:
    return SettingsModules(base)


def _stamps(package: Path) -> Iterator[tuple[str, int, int]]:
    """Yield (path, time of its last change, size) of each module of the package."""
    for path in sorted(package.rglob("*.py")):
        with contextlib.suppress(FileNotFoundError):  # an editor is replacing it
            stat = path.stat()
            yield str(path), stat.st_mtime_ns, stat.st_size


# Importing them


@dataclass(frozen=True, slots=True)
class _Imported:
    """The values as texts by the settings' names, or the sentence that says why there are none."""

    values: Mapping[str, str]
    refused: str = ""


def _imported(base: Path, modes: Sequence[str]) -> dict[str, _Imported]:
    environ = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    environ |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "guide.mode_values", *(f"mysite.settings.{mode}" for mode in modes)]
    try:
        child = subprocess.run(
            command, cwd=base, env=environ, capture_output=True, encoding="utf-8", timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        refused = _Imported({}, f"It could not be imported here ({type(error).__name__}).")
        return dict.fromkeys(modes, refused)
    return dict(zip(modes, (_Imported(**told) for told in json.loads(child.stdout)), strict=True))
