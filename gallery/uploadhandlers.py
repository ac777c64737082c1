"""How the bytes of an upload are kept while the request is still arriving."""

import threading
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Room:
    """Bytes that may be held at the same time, by all requests of this process together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = 0

    def take(self, size: int, most: int) -> bool:
        with self._lock:
            if self._held + size > most:
                return False
            self._held += size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._held -= size


ROOM = Room()


class HeldBytes(BytesIO):
    """Bytes that count against ROOM until they are let go of."""

    held = 0

    def hold(self, chunk: bytes, most: int) -> bool:
        if not ROOM.take(len(chunk), most):
            return False
        self.held += len(chunk)
        self.write(chunk)
        return True

    def close(self) -> None:
        held, self.held = self.held, 0
        ROOM.give_back(held)
        super().close()

    def __del__(self) -> None:  # a request that was cut off closes nothing
        self.close()


class Upload(InMemoryUploadedFile):
    """A file that came in. `dropped` says why its bytes were let go of: "large", "batch", "busy", or nothing."""

    dropped = ""


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
        self.dropped = ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.dropped:
            if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
                self.dropped = "large"
            return
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            self._drop("large")
        elif len(raw_data) > self.batch:
            self._drop("batch")
        elif not self.content.hold(raw_data, settings.MAX_HELD_BYTES):
            self._drop("busy")
        else:
            self.batch -= len(raw_data)

    def _drop(self, why: str) -> None:
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
