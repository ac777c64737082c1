"""Hostile uploads that harm nobody: what each smuggles in is a message box, a colour, or a place in the sea.

All are made here, byte for byte the same on every machine: what a form stored can be compared with what was sent.
"""

import base64
import struct
import zlib
from dataclasses import dataclass

from lab.uploads.multipart import Upload

SCRIPT = b"<script>alert('a script in an upload')</script>"
PAGE = b"<!doctype html><title>A page</title>" + SCRIPT + b"\n"
STYLES = b"body { background: crimson }\n"
# A JPEG of 16 by 16 pixels, as Pillow writes it.
_PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8"
    "ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAAR"
    "CAAQABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABAX/xAAXEAADAQAAAAAAAAAAAAAAAAAAAwRh/8QAFQEBAQAAAAAAAAAAAAAA"
    "AAAAAAH/xAAXEQADAQAAAAAAAAAAAAAAAAAAAgQD/9oADAMBAAIRAxEAPwCYqbBapsFqmwYqbCvsJaD/2Q=="
)
_DEGREES = struct.pack(">6I", 0, 1, 0, 1, 3600, 100)  # 0° 0′ 36″, as EXIF writes it: three fractions
_COMMENT = b"*/=1;alert('a script in a picture');//"
_OUTSIDE = "../../manage.py"


@dataclass(frozen=True, slots=True)
class Sample:
    """An upload under the name that claims and addresses use; `payload` are the bytes that must not survive, if any."""

    name: str
    upload: Upload
    payload: bytes = b""


def png(width: int, height: int, pixels: bytes, behind: bytes = b"", *, level: int = 0) -> bytes:
    """One bit for each pixel; `pixels` are the rows, with a byte before each. `behind` follows the end.

    They are stored, not compressed, unless `level` says so: compressed bytes differ from one zlib to the next.
    """
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"IDAT", zlib.compress(pixels, level)),
            _chunk(b"IEND", b""),
            behind,
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _gif(width: int, height: int, frames: int, comment: bytes = b"") -> bytes:
    """Frames of one pixel. A comment is a block of at most 255 bytes."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\xff\0\0\0\0\xff"
    extension = b"\x21\xfe" + bytes([len(comment)]) + comment + b"\0" if comment else b""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + extension + frame * frames + b";"


def _gps() -> bytes:
    """A segment of EXIF that says 0° 0′ 36″ N, 0° 0′ 36″ E, which is in the sea."""

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack(">HHI", tag, kind, count) + value.ljust(4, b"\0")

    directory, place = 8, 26
    values = place + 2 + 4 * 12 + 4
    tiff = b"".join(
        (
            b"MM\0*" + struct.pack(">I", directory),
            struct.pack(">H", 1) + entry(0x8825, 4, 1, struct.pack(">I", place)) + bytes(4),
            struct.pack(">H", 4),
            entry(1, 2, 2, b"N\0"),
            entry(2, 5, 3, struct.pack(">I", values)),
            entry(3, 2, 2, b"E\0"),
            entry(4, 5, 3, struct.pack(">I", values + len(_DEGREES))),
            bytes(4),
            _DEGREES * 2,
        )
    )
    data = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data


def _row(width: int) -> bytes:
    return bytes(1 + (width + 7) // 8)


PICTURE = png(16, 16, _row(16) * 16)

SAMPLES = (
    Sample("page-called-png", Upload("holiday.png", "image/png", PAGE), SCRIPT),
    # U+202E turns the direction of what follows: on a screen the name ends in "lmth.png".
    Sample("name-turned-round", Upload("holiday-\u202egnp.html", "image/png", PAGE), SCRIPT),
    Sample(
        "drawing-with-script",
        Upload(
            "drawing.svg",
            "image/svg+xml",
            (b'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">' + SCRIPT + b"</svg>\n"),
        ),
        SCRIPT,
    ),
    Sample("picture-and-page", Upload("picture.png", "image/png", PICTURE + SCRIPT), SCRIPT),
    # 10,799 by 8 pixels, because the two bytes of that width are "/*": the rest of the head is a comment in JavaScript.
    Sample("picture-and-script", Upload("loop.gif", "image/gif", _gif(0x2A2F, 8, 1, _COMMENT)), _COMMENT),
    Sample("photo-with-place", Upload("photo.jpg", "image/jpeg", _PHOTO[:2] + _gps() + _PHOTO[2:]), _DEGREES),
    Sample("huge-picture", Upload("huge.png", "image/png", png(30_000, 30_000, b""))),
    Sample("large-picture", Upload("large.png", "image/png", png(13_000, 12_000, b""))),
    Sample("half-a-photo", Upload("half.jpg", "image/jpeg", _PHOTO[:-30])),
    Sample("many-frames", Upload("film.gif", "image/gif", _gif(8, 8, 5000))),
    Sample("way-out", Upload(_OUTSIDE, "image/png", PICTURE)),
    Sample("long-name", Upload("\u00fc" * 180 + ".png", "image/png", PICTURE)),
    Sample("called-app-css", Upload("app.css", "text/css", STYLES), STYLES),
)
BY_NAME = {sample.name: sample for sample in SAMPLES}
