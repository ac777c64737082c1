"""The body of a form that carries files, as a browser would send it."""

from collections.abc import Mapping
from dataclasses import dataclass

BOUNDARY = "lab-boundary"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser would send it."""

    name: str
    content_type: str
    content: bytes


def multipart(fields: Mapping[str, str], files: Mapping[str, Upload], size: int = 0) -> bytes:
    """Return a body of type CONTENT_TYPE: the fields, then each file, followed by zeros up to `size` bytes."""
    body = b""
    for field, value in fields.items():
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
    for field, upload in files.items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{upload.name}"\r\n'
        body += f"{head}Content-Type: {upload.content_type}\r\n\r\n".encode()
        body += upload.content.ljust(size, b"\0") + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()
