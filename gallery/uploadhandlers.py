"""How the bytes of an upload are kept while the request is still arriving."""

import threading
from enum import Enum
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class MemoryBudget:
    """The bytes that all requests of this process together hold at this moment, kept below a limit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = 0

    @property
    def held(self) -> int:
        return self._held

    def take(self, size: int, most: int) -> bool:
        """Count `size` bytes in. Return False, and count nothing, if more than `most` would then be held."""
        with self._lock:
            if self._held + size > most:
                return False
            self._held += size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._held -= size


BUDGET = MemoryBudget()


class HeldBytes(BytesIO):
    """Bytes that count against BUDGET until they are closed."""

    held = 0

    def hold(self, chunk: bytes, most: int) -> bool:
        if not BUDGET.take(len(chunk), most):
            return False
        self.held += len(chunk)
        self.write(chunk)
        return True

    def close(self) -> None:
        held, self.held = self.held, 0
        BUDGET.give_back(held)
        super().close()

    def __del__(self) -> None:  # a request that was cut off closes nothing
        self.close()


class Dropped(Enum):
    """Why the bytes of an upload were not kept."""

    TOO_LARGE = "larger than MAX_UPLOAD_BYTES"
    BATCH_FULL = "the files before it filled MAX_BATCH_BYTES"
    BUSY = "all requests together hold MAX_HELD_BYTES"


class Upload(InMemoryUploadedFile):
    """A file that came in. It is empty where `dropped` says why its bytes were not kept."""

    dropped: Dropped | None = None


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps one file's bytes up to MAX_UPLOAD_BYTES, a request's up to MAX_BATCH_BYTES, and drops what lies above.

    A dropped file reaches the form empty and with its true `size`, so the form can say how large it was. Django's
    own handlers would write it to a temporary folder first: a full disk there is a 500 before any view runs.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.batch = settings.MAX_BATCH_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = HeldBytes()
        self.dropped: Dropped | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.dropped:
            if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
                self.dropped = Dropped.TOO_LARGE
            return
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            self._drop(Dropped.TOO_LARGE)
        elif len(raw_data) > self.batch:
            self._drop(Dropped.BATCH_FULL)
        elif not self.content.hold(raw_data, settings.MAX_HELD_BYTES):
            self._drop(Dropped.BUSY)
        else:
            self.batch -= len(raw_data)

    def _drop(self, why: Dropped) -> None:
        self.batch += self.content.held
        self.content.close()
        self.content = HeldBytes()
        self.dropped = why

    def upload_interrupted(self) -> None:
        self.content.close()

    def file_complete(self, file_size: int) -> Upload:
        self.content.seek(0)
        upload = Upload(
            self.content,
            self.field_name,
            self.file_name or "",
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
        upload.dropped = self.dropped
        return upload
