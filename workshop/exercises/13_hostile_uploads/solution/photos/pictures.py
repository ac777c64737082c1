"""From an upload to a file that holds nothing but its pixels."""

from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

PIXELS = 30_000_000
MODES = {"JPEG": "RGB", "PNG": "RGBA"}


class NotWanted(Exception):
    """The upload is not taken. The message says why, to its sender."""


def fresh(upload):
    """A new file, written from the pixels of `upload`, under a new name. Raises NotWanted."""
    try:
        with Image.open(upload, formats=list(MODES)) as picture:
            if picture.width * picture.height > PIXELS:  # known from the header: nothing has been unpacked yet
                raise NotWanted("At most 30 megapixels, please.")
            kind = picture.format
            pixels = ImageOps.exif_transpose(picture).convert(MODES[kind])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotWanted("This is no JPEG or PNG that can be read.") from error
    pixels.info.clear()  # comments, place and all else that Pillow would take along
    buffer = BytesIO()
    pixels.save(buffer, kind, quality=90)
    return ContentFile(buffer.getvalue(), name=f"{uuid4().hex}.{kind.lower()}")
