"""The virtual environment that the tests run in."""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """Its Python, and the folder that pip installs into."""

    python: Path
    packages: Path

    @classmethod
    def at(cls, folder: Path, python: Path) -> "Environment":
        """Return the environment in `folder`, which need not be the one that this process runs in."""
        places = {"base": str(folder), "platbase": str(folder)}
        return cls(python, Path(sysconfig.get_path("purelib", "venv", vars=places)))

    @classmethod
    def current(cls) -> "Environment":
        """Return the environment of this process."""
        return cls(Path(sys.executable), Path(sysconfig.get_path("purelib")))
