"""Text files that are replaced whole: a reader finds the old text or the new one, never a part of it.

Standard library only, because start.py comes here before Django is installed.
"""

import contextlib
import os
import secrets
from pathlib import Path


def write_whole(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write `text` to `path` in one step. The folder must exist; `mode` is the file's permissions before the umask.

    Raises OSError, and then leaves what was there before and nothing else.
    """
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
