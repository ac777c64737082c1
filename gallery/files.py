"""The files of one photo: written before its row, removed after it. Knows storages, but neither paths nor the database.

Killed in between, a process leaves files without a row and never a row without files; `manage.py media audit` finds
those. Nobody sees them meanwhile, because nothing but a row tells their random names.
"""

import errno
import logging
from collections.abc import Collection, Mapping

from gallery.storage import PhotoStorage

logger = logging.getLogger(__name__)

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NotKept(Exception):
    """The storage did not take a file; nothing of the photo is there. `full`: the disk has no space left."""

    def __init__(self, full: bool) -> None:
        super().__init__("full" if full else "failed")
        self.full = full


def write(storage: PhotoStorage, contents: Mapping[str, bytes]) -> None:
    """Write all files in order. If one fails, remove the others and raise NotKept."""
    try:
        storage.save_all(contents)
    except Exception as error:
        # boto3's tracebacks have a hundred lines and say no more than their last one.
        logger.error("The storage did not take %s: %r", next(iter(contents)), error, exc_info=not storage.is_remote)
        raise NotKept(isinstance(error, OSError) and error.errno in FULL) from error


def remove(storage: PhotoStorage, names: Collection[str]) -> None:
    """Remove what is there of the files. Never raises: what can't be removed is left for the audit and logged."""
    try:
        storage.delete_all(names)
    except Exception as error:
        logger.error(
            "The storage did not remove all of %s (%r); `manage.py media audit --fix` will",
            ", ".join(names),
            error,
            exc_info=not storage.is_remote,
        )
