"""The path of one uploaded file: quota, image worker pool, files and row. Its end is an Outcome, never a 500."""

import functools
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.db import OperationalError, connection
from django.template.defaultfilters import filesizeformat

from gallery.files import NotKept
from gallery.image_worker_pool import Busy, ImageWorkerPool
from gallery.models import Photo
from gallery.pictures import Limits, Picture, Refused
from gallery.quota import Exceeded, Quota
from gallery.storage import PhotoStorage
from gallery.uploadhandlers import Dropped, Upload

logger = logging.getLogger(__name__)

BUSY = "Too many photos are arriving at the moment. Yours was not kept: send it again in a minute."
FULL = "There is no room left on the server's disk. The photo was not kept, and nothing of it remains."
FAILED = "The place where photos are kept does not answer. The photo was not kept: send it again in a minute."


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a photo, or the sentence that says why there is none."""

    name: str
    status: HTTPStatus
    photo: Photo | None = None
    message: str = ""


def worker_pool() -> ImageWorkerPool:
    """Return the pool of this process, made at the first upload: server processes that fork should do so before."""
    with _making:  # a hundred first uploads at once would make a hundred
        return _worker_pool()


_making = threading.Lock()


@functools.cache
def _worker_pool() -> ImageWorkerPool:
    limits = Limits(settings.MAX_UPLOAD_PIXELS, settings.PICTURE_MEMORY)
    return ImageWorkerPool(settings.PICTURE_WORKERS, limits, settings.PICTURE_SECONDS, settings.PICTURE_PATIENCE)


def take_all(uploads: Iterable[Upload], owner: str, private: bool) -> Iterator[Outcome]:
    """Keep each file as a new photo. Once the storage is away the rest is not tried: each would wait as long again."""
    away = False
    for upload in uploads:
        if away:
            yield Outcome(shown_name(upload), HTTPStatus.SERVICE_UNAVAILABLE, message=FAILED)
            continue
        outcome = take(upload, owner, private)
        away = outcome.message == FAILED
        yield outcome


def take(upload: Upload, owner: str, private: bool) -> Outcome:
    """Keep a file as a new photo of this owner's."""

    def keep(picture: Picture) -> Photo:
        return Photo.store(picture, shown_name(upload), upload.size or 0, owner=owner, private=private)

    return _outcome(upload, owner, HTTPStatus.CREATED, keep)


def rehearse(upload: Upload, storage: PhotoStorage) -> Outcome:
    """What `take` would do, for a page that shows it: the files go to `storage`, and there is no row and no quota."""

    def keep(picture: Picture) -> Photo:
        return Photo.rehearse(picture, shown_name(upload), upload.size or 0, storage)

    return _outcome(upload, None, HTTPStatus.CREATED, keep)


def replace(photo: Photo, upload: Upload) -> Outcome:
    """Keep a file in the place of this photo's."""

    def keep(picture: Picture) -> Photo | None:
        return photo if photo.replace(picture, shown_name(upload), upload.size or 0) else None

    return _outcome(upload, photo.owner, HTTPStatus.OK, keep)


def _outcome(upload: Upload, owner: str | None, good: HTTPStatus, keep: Callable[[Picture], Photo | None]) -> Outcome:
    name = shown_name(upload)
    try:
        content = whole(upload)
        if owner is not None:
            quota().check(owner)
        let_go_of_the_database()
        photo = keep(worker_pool().read(content))
        if photo is None:
            return Outcome(name, HTTPStatus.CONFLICT, message="Somebody else changed this photo meanwhile. Try again.")
        return Outcome(name, good, photo)
    except Refused as refusal:
        return Outcome(name, HTTPStatus.UNPROCESSABLE_ENTITY, message=str(refusal))
    except Exceeded as exceeded:
        return Outcome(name, HTTPStatus.TOO_MANY_REQUESTS, message=str(exceeded))
    except Busy:
        return Outcome(name, HTTPStatus.SERVICE_UNAVAILABLE, message=BUSY)
    except NotKept as trouble:
        status = HTTPStatus.INSUFFICIENT_STORAGE if trouble.full else HTTPStatus.SERVICE_UNAVAILABLE
        return Outcome(name, status, message=FULL if trouble.full else FAILED)
    except OperationalError as error:  # the database is full, locked for longer than we wait, or gone
        logger.exception("The database did not take the row of %r", name)
        if "full" in str(error):
            return Outcome(name, HTTPStatus.INSUFFICIENT_STORAGE, message=FULL)
        return Outcome(name, HTTPStatus.SERVICE_UNAVAILABLE, message=FAILED)


def let_go_of_the_database() -> None:
    """Decoding and storing may take seconds, and connections to PostgreSQL are few: pages need them meanwhile."""
    if not connection.in_atomic_block:
        connection.close()


def quota() -> Quota:
    return Quota(settings.SESSION_MAX_PHOTOS, settings.SESSION_MAX_BYTES, settings.SESSION_MAX_RECENT)


def whole(upload: Upload) -> bytes:
    """Return all bytes of the file. Raises Refused or Busy when the upload handler did not keep them."""
    size, limit = upload.size or 0, settings.MAX_UPLOAD_BYTES
    if upload.dropped is Dropped.TOO_LARGE or size > limit:
        raise Refused(
            f"The file has {filesizeformat(size)}; at most {filesizeformat(limit)} are taken. "
            "Make the picture smaller and send it again."
        )
    if upload.dropped is Dropped.BATCH_FULL:
        raise Refused(
            f"The photos before it filled the {filesizeformat(settings.MAX_BATCH_BYTES)} that are taken in one go. "
            "Send this one again."
        )
    if upload.dropped is Dropped.BUSY:
        raise Busy
    return bytes(upload.read())


def shown_name(upload: Upload) -> str:
    """The visitor's name for the file, without control characters: one of them turns the direction of a text."""
    return "".join(character for character in upload.name or "" if character.isprintable())[:255] or "unnamed"
