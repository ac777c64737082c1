"""How the bytes of an upload are kept while the request is still arriving."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps at most MAX_UPLOAD_BYTES of a request's files in memory and counts, but drops, what lies above.

    A dropped file reaches the form empty and with its true `size`, so the form can say how large it was. Django's
    own handlers would write it to a temporary folder first: a full disk there is a 500 before any view runs.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room = settings.MAX_UPLOAD_BYTES  # bytes, for all files of the request together

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()
        self.dropped = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        if self.dropped or len(raw_data) > self.room:
            self.room += self.content.tell()
            self.content = BytesIO()
            self.dropped = True
            return
        self.room -= len(raw_data)
        self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content,
            self.field_name,
            self.file_name or "",
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
