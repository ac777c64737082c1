"""An upload handler, which sees a file while it arrives."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitHandler(FileUploadHandler):
    """Ends an upload as soon as a file has more than a million bytes."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > 1_000_000:
            raise StopUpload
        return raw_data  # for the next handler

    def file_complete(self, file_size):
        return None  # the next handler has the file
