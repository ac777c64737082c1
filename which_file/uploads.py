"""Mistakes in how uploads are written and limited."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from . import checks
from .case import Case
from .finding import Finding, found

MISSING = object()
MOST_IN_MEMORY = 100 * 1_048_576  # above that it was meant as a limit


def examine(case: Case) -> Iterator[Finding]:
    option = case.storage_options("default").get("file_permissions_mode")
    permissions = case.get("FILE_UPLOAD_PERMISSIONS", MISSING)
    if permissions is None and option is None and case.uploads_to_disk:
        yield found(checks.NO_PERMISSIONS)
    for check, name, needed, usual in (
        (checks.FILES_WITHOUT_ACCESS, "FILE_UPLOAD_PERMISSIONS", 0o600, 0o644),
        (checks.FOLDERS_WITHOUT_ACCESS, "FILE_UPLOAD_DIRECTORY_PERMISSIONS", 0o700, 0o755),
    ):
        mode = case.get(name)
        if isinstance(mode, int) and (mode & needed != needed or mode > 0o7777):
            better = _meant(mode, needed) or usual
            yield found(check, mode=f"{mode:#o}", needed=f"{needed:#o}", better=f"{better:#o}")
        elif isinstance(mode, int) and mode & 0o002:
            yield found(checks.FILES_FOR_ALL, setting=name, mode=f"{mode:#o}", better=f"{usual:#o}")
    if not case.get("DEBUG") and "*" in (case.get("ALLOWED_HOSTS") or ()) and not case.production:
        yield found(checks.ANY_HOST)
    size = case.get("FILE_UPLOAD_MAX_MEMORY_SIZE")
    if isinstance(size, int) and size > MOST_IN_MEMORY:
        yield found(checks.ALL_IN_MEMORY, size=f"{size // 1_048_576:,} MB")
    handlers = case.get("FILE_UPLOAD_HANDLERS", MISSING)
    if handlers is not MISSING and not handlers:
        yield found(checks.NO_HANDLERS)
    for handler in handlers if isinstance(handlers, (list, tuple)) else ():
        if isinstance(handler, str) and not _is_there(handler):
            yield found(checks.HANDLER_NOT_THERE, handler=handler)
    for name, fields in checks.NO_LIMIT.variants.items():
        if case.get(name, MISSING) is None:
            yield found(checks.NO_LIMIT, **fields)


def _meant(mode: int, needed: int) -> int | None:
    """Return the octal number that was written without 0o, such as 0o644 for 644; None where it was something else."""
    if not all(digit in "01234567" for digit in str(mode)):
        return None
    octal = int(str(mode), 8)
    return octal if octal & needed == needed else None


def _is_there(handler: str) -> bool:
    try:
        return find_spec(handler.rpartition(".")[0]) is not None
    except (ImportError, ValueError, AttributeError):
        return False
