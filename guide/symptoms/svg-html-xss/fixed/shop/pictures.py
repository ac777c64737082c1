from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
MAX_PIXELS = 25_000_000


def fresh_copy(upload):
    """Return the pixels of an uploaded picture in a new file, and nothing else of it."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=list(ENDINGS)) as image:
            kind = "JPEG" if image.format == "MPO" else image.format
            small_enough = image.width * image.height <= MAX_PIXELS
            upright = ImageOps.exif_transpose(image) if small_enough else None
    except Exception as error:  # Pillow raises many kinds for a broken file
        raise ValidationError("Only JPEG, PNG and WebP pictures, please.") from error
    if upright is None:
        raise ValidationError("At most 25 megapixels, please.")
    pixels = in_srgb(upright)
    pixels.info.clear()  # Pillow would write a comment that it finds here
    content = BytesIO()
    pixels.save(content, kind, quality=90)
    return ContentFile(content.getvalue(), name=Path(upload.name).stem + ENDINGS[kind])


def in_srgb(image):
    """Return the image in sRGB, which browsers assume, as RGB, or as RGBA where it has transparency."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if image.mode == "P":
        image = image.convert(mode)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (OSError, ImageCms.PyCMSError):
            pass  # a broken profile
    return image.convert(mode)
