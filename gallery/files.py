"""The files of one photo: written before its row, removed after it. Knows storages, but neither paths nor the database.

Killed in between, a process leaves files without a row and never a row without files; `manage.py media audit` finds
those. Nobody sees them meanwhile, because nothing but a row tells their random names.
"""

import errno
import logging
from collections.abc import Collection, Mapping
from typing import Protocol, runtime_checkable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

logger = logging.getLogger(__name__)

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@runtime_checkable
class Far(Protocol):
    """A storage at the other end of a network, such as `gallery.bucket`: it takes all files of a photo in one go, keeps
    each whole or not at all, and is not asked while a page is made, because the answer may take seconds."""

    place: str

    def save_all(self, contents: Mapping[str, bytes]) -> None: ...

    def delete_all(self, names: Collection[str]) -> None: ...


class NotKept(Exception):
    """The storage did not take a file; nothing of the photo is there. `full`: for want of room."""

    def __init__(self, full: bool) -> None:
        super().__init__("full" if full else "failed")
        self.full = full


def write(storage: Storage, contents: Mapping[str, bytes]) -> None:
    """All of them in this order, or none and NotKept."""
    try:
        if isinstance(storage, Far):
            storage.save_all(contents)
        else:
            _write_one_by_one(storage, contents)
    except Exception as error:
        # boto3's tracebacks have a hundred lines and say no more than their last one.
        logger.error(
            "The storage did not take %s: %r", next(iter(contents)), error, exc_info=not isinstance(storage, Far)
        )
        raise NotKept(isinstance(error, OSError) and error.errno in FULL) from error


def _write_one_by_one(storage: Storage, contents: Mapping[str, bytes]) -> None:
    written: list[str] = []
    try:
        for name, content in contents.items():
            written.append(storage.save(name, ContentFile(content)))
            if written[-1] != name:
                raise FileExistsError(name)
    except BaseException:
        remove(storage, written)
        raise


def remove(storage: Storage, names: Collection[str]) -> None:
    """Removes what is there of them. What can't be removed now is left for the audit, and the log says so."""
    if isinstance(storage, Far):
        try:
            storage.delete_all(names)
        except Exception as error:
            logger.error("The bucket did not remove all of %s (%s); the audit will", ", ".join(names), error)
        return
    for name in names:
        try:
            storage.delete(name)
        except Exception:
            logger.exception("The storage did not remove %s; `manage.py media audit --fix` will", name)
