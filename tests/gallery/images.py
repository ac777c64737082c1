"""Files for upload tests: honest pictures and things that only look like them."""

import struct
import zlib
from io import BytesIO

from PIL import ExifTags, Image

CORNER = (220, 20, 20)  # the top left quarter of an upright picture


def upright(size=(120, 80), mode="RGB"):
    """A picture whose top left quarter is red, so that a test can see how it is turned."""
    image = Image.new("RGB", size, (240, 240, 240))
    image.paste(CORNER, (0, 0, size[0] // 2, size[1] // 2))
    return image.quantize(16) if mode == "P" else image.convert(mode)


def encoded(image, file_format, **options):
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def camera_jpeg(orientation=1, size=(120, 80)):
    """The upright picture as a camera held another way stores it, with GPS and the camera's name."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = upright(size) if undo is None else upright(size).transpose(undo)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "TestCam"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 5.0, 24.0)
    return encoded(stored, "JPEG", quality=95, exif=exif)


def png_that_claims(width, height):
    """A PNG of a few hundred bytes whose header claims a size; the pixels are not all there."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
