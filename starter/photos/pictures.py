"""A safe picture of an upload: nothing that a stranger wrote into the file is left in it."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

MOST_BYTES = 5 * 1024 * 1024  # nginx.conf allows a little more, so that this message is seen and not nginx's 413
MOST_PIXELS = 40_000_000  # a file of some kilobytes can fill gigabytes of memory when it is decoded
FORMATS = ("JPEG", "PNG", "WEBP")  # by content, whatever the name says; Pillow knows some thirty more


def safe_picture(upload, name):
    """Return the upload as a small, upright WebP file. Raises ValidationError, which the form shows."""
    if upload.size > MOST_BYTES:
        raise ValidationError("This file is larger than 5 MB.")
    try:
        upload.seek(0)  # ImageField has read it already
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:  # known from the header, before any pixel is decoded
                raise ValidationError("This picture has more than 40 megapixels.")
            image = ImageOps.exif_transpose(image)  # turns it upright: the next lines drop the tag that says how
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError("This is not a JPEG, PNG or WebP picture, or it is damaged.") from error
    image.thumbnail((1600, 1600))
    encoded = BytesIO()
    image.save(encoded, "WEBP", quality=85)  # only pixels and colours are written: no GPS place, no script
    return ContentFile(encoded.getvalue(), name)
