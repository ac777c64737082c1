"""Mistakes in how uploads are written and limited."""

from collections.abc import Iterator
from importlib.util import find_spec

from .case import Case
from .finding import Finding

MISSING = object()


def examine(case: Case) -> Iterator[Finding]:
    option = case.storage_options("default").get("file_permissions_mode")
    permissions = case.get("FILE_UPLOAD_PERMISSIONS", MISSING)
    if permissions is None and option is None and case.uploads_to_disk:
        yield Finding(
            "doctor.W040",
            "FILE_UPLOAD_PERMISSIONS is None: uploads larger than FILE_UPLOAD_MAX_MEMORY_SIZE get 0600, so nginx, "
            "running as another user, answers 403 to the large ones alone.",
            "Remove the line; Django's default is 0o644.",
            47,
        )
    for number, name, needed, symptom in (
        ("E041", "FILE_UPLOAD_PERMISSIONS", 0o600, 47),
        ("E042", "FILE_UPLOAD_DIRECTORY_PERMISSIONS", 0o700, 37),
    ):
        mode = case.get(name)
        if isinstance(mode, int) and (mode & needed != needed or mode > 0o7777):
            decimal = all(digit in "01234567" for digit in str(mode)) and int(str(mode), 8) & needed == needed
            yield Finding(
                f"doctor.{number}",
                f"{name} is {mode:#o}, with which the server itself cannot use what it has stored.",
                f"Python's octal numbers begin with 0o: write 0o{mode}."
                if decimal
                else f"At least {needed:#o} is needed.",
                symptom,
            )
    handlers = case.get("FILE_UPLOAD_HANDLERS", MISSING)
    if handlers is not MISSING and not handlers:
        yield Finding(
            "doctor.E043",
            "FILE_UPLOAD_HANDLERS is empty: request.FILES stays empty whatever is sent.",
            "Remove the line; Django's two handlers keep small files in memory and large ones on disk.",
            44,
        )
    for handler in handlers if isinstance(handlers, (list, tuple)) else ():
        if isinstance(handler, str) and not _is_there(handler):
            yield Finding(
                "doctor.E044",
                f"FILE_UPLOAD_HANDLERS names {handler}, whose module is not there: every POST with a file is a 500.",
                "Correct the dotted path.",
                44,
            )
    for name, what in (
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", "a form without files may fill the memory"),
        ("DATA_UPLOAD_MAX_NUMBER_FILES", "one request may bring any number of files"),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", "one request may bring any number of fields"),
    ):
        if case.get(name, MISSING) is None:
            yield Finding(
                "doctor.W045",
                f"{name} is None, which turns the limit off: {what}.",
                "Remove the line for Django's default, or write the number that your forms need.",
                48,
            )


def _is_there(handler: str) -> bool:
    try:
        return find_spec(handler.rpartition(".")[0]) is not None
    except (ImportError, ValueError, AttributeError):
        return False
