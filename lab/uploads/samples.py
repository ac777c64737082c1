"""Files to upload, made when asked for: honest pictures, and what hostile visitors send. None does any harm."""

import base64
import io
from collections.abc import Callable
from functools import cache

from lab.uploads.hostile import BY_NAME as HOSTILE
from lab.uploads.hostile import png
from lab.uploads.multipart import Upload

PAYLOAD = b"<script>alert('this came from an upload')</script>"  # the text to look for in what was stored


def upload(name: str) -> Upload:
    """Return the upload with that name, one of UPLOADS. Raises KeyError."""
    if name in SAMPLES:
        return Upload(name, content_type(name), sample(name))
    return SIMPLE[name] if name in SIMPLE else HOSTILE[name].upload


def sample(name: str) -> bytes:
    """Return the bytes of the sample with that name, one of SAMPLES. Raises KeyError."""
    return _made(name)


@cache
def _made(name: str) -> bytes:
    return SAMPLES[name]()


def content_type(name: str) -> str:
    """Return the type with which a browser sends a file of that name."""
    ending = name.rpartition(".")[2]
    known = {
        "png": "image/png",
        "jpg": "image/jpeg",
        "gif": "image/gif",
        "svg": "image/svg+xml",
        "html": "text/html",
        "xhtml": "application/xhtml+xml",
    }
    return known.get(ending, "application/octet-stream")


def _picture(kind: str, **options: object) -> bytes:
    from PIL import Image

    picture = Image.new("RGB", (48, 32), "#2f6f4f")
    picture.paste("#f2c14e", (8, 8, 28, 24))
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def _with_place() -> bytes:
    """A JPEG that says where it was taken (51.5 north, 0.1 west)."""
    from PIL import Image

    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 6.0, 0.0)})
    exif[0x010F] = "A camera"
    return _picture("JPEG", exif=exif)


def _sideways() -> bytes:
    """A JPEG as a phone writes it: to be turned by 90 degrees, with a place, a comment and a colour profile."""
    from PIL import Image, ImageCms

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 6.0, 0.0)})
    exif[0x0112] = 6
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)  # the moment at which it was made
    return _picture("JPEG", exif=exif, comment=b"taken at home", icc_profile=bytes(profile))


def _with_text() -> bytes:
    """A PNG with a text chunk, in which the script stands."""
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_text("Comment", PAYLOAD.decode())
    return _picture("PNG", pnginfo=text)


def _bomb() -> bytes:
    """A PNG of a few hundred bytes whose header says 30,000 by 30,000 pixels; most of them are missing."""
    return png(30_000, 30_000, bytes(100_000), level=9)


def _many_pixels() -> bytes:
    """A valid PNG of a few kB with 6,000 by 6,000 pixels, which fill 144 MB when they are unpacked."""
    return png(6_000, 6_000, bytes((6_000 // 8 + 1) * 6_000), level=9)


def _large() -> bytes:
    """A valid PNG of a kB or two with 4,000 by 3,000 pixels: as many as the photo of a phone."""
    return png(4_000, 3_000, bytes((4_000 // 8 + 1) * 3_000), level=9)


def _html() -> bytes:
    return b"<!doctype html><title>A page</title>" + PAYLOAD + b"\n"


def _svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">' + PAYLOAD + b"</svg>\n"


SAMPLES: dict[str, Callable[[], bytes]] = {
    "photo.png": lambda: _picture("PNG"),
    "photo.jpg": lambda: _picture("JPEG", quality=85),
    "photo.gif": lambda: _picture("GIF"),
    "gps.jpg": _with_place,
    "sideways.jpg": _sideways,
    "page.html": _html,
    "page.png": _html,
    "picture.html": lambda: _picture("PNG"),
    "picture.svg": lambda: _picture("PNG"),
    "picture.xhtml": lambda: _picture("PNG"),
    "drawing.svg": _svg,
    "drawing.png": _svg,
    "polyglot.png": lambda: _picture("PNG") + _html(),
    "polyglot.gif": lambda: _picture("GIF", comment=PAYLOAD),
    "comment.jpg": lambda: _picture("JPEG", quality=85, comment=PAYLOAD),
    "profile.jpg": lambda: _picture("JPEG", quality=85, icc_profile=PAYLOAD),
    "text.png": _with_text,
    "bomb.png": _bomb,
    "12megapixels.png": _large,
    "36megapixels.png": _many_pixels,
    "truncated.jpg": lambda: _picture("JPEG", quality=85)[:-60],
    "empty.png": lambda: b"",
}

# What the knob `upload` sends.
SIMPLE = {
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
UPLOADS = (*SAMPLES, *SIMPLE, *HOSTILE)
