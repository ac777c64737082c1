"""The files that an experiment can upload, and the form body that carries them."""

import base64
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


UPLOADS = {
    "png": Upload(
        "picture.png",
        "image/png",
        base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAK0lEQVR42mPcESDLQApgYiAR0F4DCzLHff0jrIp2BsoNZj8MBw2M"
            "wyAtAQA1DwVraQLR4AAAAABJRU5ErkJggg=="
        ),
    ),
    "svg": Upload(
        "drawing.svg",
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="7"/></svg>\n',
    ),
    "html": Upload("page.html", "text/html", b"<!doctype html><title>A page</title><script>alert(1)</script>\n"),
}


def form_body(upload: Upload, csrf_token: str, size: int = 0) -> bytes:
    """The body of a form with the token and one file field called image, of at least `size` bytes."""
    return multipart({"csrfmiddlewaretoken": csrf_token}, {"image": upload}, size)


def multipart(fields: Mapping[str, str], files: Mapping[str, Upload], size: int = 0) -> bytes:
    """A body of type CONTENT_TYPE: the fields, then each file, followed by zeros up to `size` bytes."""
    body = b""
    for field, value in fields.items():
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
    for field, upload in files.items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{upload.name}"\r\n'
        body += f"{head}Content-Type: {upload.content_type}\r\n\r\n".encode()
        body += upload.content.ljust(size, b"\0") + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()
