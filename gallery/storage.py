"""Where photos are: what the gallery asks of any storage, and the one on this machine's disk."""

from __future__ import annotations  # Django 5.2 knows File[...] in the type stubs only

import contextlib
import logging
import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

logger = logging.getLogger(__name__)

PART = ".part"  # a file that is still being written is called .<name>.<random>.part


class PhotoStorage(Storage):
    """A storage that takes all files of a photo in one go. It keeps each whole or not at all.

    A remote one (`gallery.bucket`) is at the other end of a network: nothing is asked of it while a page is made,
    because the answer may take seconds.
    """

    is_remote = False
    place = ""  # of a remote storage, what a reader would look for at the provider's

    def save_all(self, contents: Mapping[str, bytes]) -> None:
        """Save all files in this order. If one fails, delete the others and raise what it raised."""
        saved: list[str] = []
        try:
            for name, content in contents.items():
                saved.append(self.save(name, ContentFile(content)))
                if saved[-1] != name:
                    raise FileExistsError(name)
        except BaseException:
            try:
                self.delete_all(saved)
            except ExceptionGroup:
                logger.exception("A failed upload may have left a file; `manage.py media audit --fix` removes it")
            raise

    def delete_all(self, names: Collection[str]) -> None:
        """Delete what there is of these files. Raises an ExceptionGroup when some could not be deleted."""
        errors = []
        for name in names:
            try:
                self.delete(name)
            except Exception as error:
                errors.append(error)
        if errors:
            raise ExceptionGroup("files that were not deleted", errors)


def storage_of(alias: str) -> PhotoStorage:
    """Return the storage under this name in STORAGES. Raises ImproperlyConfigured for one that is no PhotoStorage."""
    storage = storages[alias]
    if not isinstance(storage, PhotoStorage):
        raise ImproperlyConfigured(
            f'STORAGES["{alias}"] is {type(storage).__name__}; the gallery needs a gallery.storage.PhotoStorage there.'
        )
    return storage


class DurableFileSystemStorage(PhotoStorage, FileSystemStorage):
    """Django's own, except that a name exists only once its file is complete, and stays even if the power fails.

    FileSystemStorage writes under the final name: anyone who looks in between, or kills the process, gets half a file.
    Here it is written beside its place, flushed to the disk and then linked to its name, which fails where the name is
    taken. Files below the prefix `derived` can be made again and are not worth a wait for the disk.
    """

    def __init__(self, *args: Any, derived: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._derived = derived

    def _save(self, name: str, content: File[Any]) -> str:
        folder, base = str(PurePosixPath(name).parent), PurePosixPath(name).name
        part = f"{folder}/.{base[-100:]}.{secrets.token_hex(4)}{PART}"
        try:
            super()._save(part, content)  # type: ignore[misc]  # the stubs know public methods only
            flushed = self._derived is None or not name.startswith(self._derived)
            if flushed:
                _flush(self.path(part))
            while not _publish(self.path(part), self.path(name)):
                name = self.get_available_name(name)
            if flushed:
                _flush(Path(self.path(name)).parent)
        finally:
            with contextlib.suppress(OSError):
                Path(self.path(part)).unlink()
        return name


def _publish(part: str, final: str) -> bool:
    """Gives a complete file its name; False where that is taken."""
    try:
        os.link(part, final)
    except FileExistsError:
        return False
    except OSError:  # a disk without links, such as a memory card
        if Path(final).exists():
            return False
        Path(part).rename(final)
    return True


def _flush(path: str | Path) -> None:
    """Waits until the disk has it. A folder holds the names of its files; Windows cannot open one to flush it."""
    try:
        descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)  # there, reading is not enough
    except PermissionError:
        if os.name == "nt":
            return
        raise
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
