"""The files of one photo: written before its row, removed after it. Knows storages, but neither paths nor the database.

Killed in between, a process leaves files without a row and never a row without files; `manage.py media audit` finds
those. Nobody sees them meanwhile, because nothing but a row tells their random names.
"""

import errno
import logging
from collections.abc import Iterable, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

logger = logging.getLogger(__name__)

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NotKept(Exception):
    """The storage did not take a file; nothing of the photo is there. `full`: for want of room."""

    def __init__(self, full: bool) -> None:
        super().__init__("full" if full else "failed")
        self.full = full


def write(storage: Storage, contents: Mapping[str, bytes]) -> None:
    """All of them in this order, or none and NotKept."""
    written: list[str] = []
    try:
        for name, content in contents.items():
            written.append(storage.save(name, ContentFile(content)))
            if written[-1] != name:
                raise FileExistsError(name)
    except BaseException as error:
        remove(storage, written)
        if not isinstance(error, Exception):
            raise
        logger.exception("The storage did not take %s", name)
        raise NotKept(isinstance(error, OSError) and error.errno in FULL) from error


def remove(storage: Storage, names: Iterable[str]) -> None:
    """Removes what is there of them. What can't be removed now is left for the audit, and the log says so."""
    for name in names:
        try:
            storage.delete(name)
        except Exception:
            logger.exception("The storage did not remove %s; `manage.py media audit --fix` will", name)
