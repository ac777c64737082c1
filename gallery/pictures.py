"""From the bytes that a visitor sent to a picture that is safe to keep and to serve.

The file's name and declared type are never believed: Pillow's decoders, limited to TAKEN, say what it is. What
is kept is encoded anew from the pixels, so nothing that was hidden beside them (markup, scripts, GPS) survives.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageOps

TAKEN = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")  # the only decoders of Pillow that a visitor's bytes ever reach
# The format that Pillow finds, with the format and extension it is kept in.
KEPT_AS = {
    "JPEG": ("JPEG", "jpg"),
    "MPO": ("JPEG", "jpg"),  # a JPEG with a second picture, as some phones write; the first is kept
    "PNG": ("PNG", "png"),
    "WEBP": ("WEBP", "webp"),
    "GIF": ("PNG", "png"),
    "AVIF": ("AVIF", "avif"),
}
SAVE_OPTIONS = {
    "JPEG": {"quality": 88, "progressive": True},
    "WEBP": {"quality": 85},
    "AVIF": {"quality": 75, "speed": 8},
    "PNG": {},
}
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/avif"


class Refused(ValueError):
    """The upload is not kept; the message says what it is and what would be taken."""


@dataclass(frozen=True)
class Picture:
    """An upright picture in sRGB without metadata. `notes` say in words what was changed on the way in."""

    content: bytes
    extension: str
    width: int
    height: int
    notes: tuple[str, ...]


def read(content: bytes, max_pixels: int) -> Picture:
    """Decode, turn upright and encode anew. Raises Refused for what is too large or no picture of a format TAKEN."""
    if not content:
        raise Refused("The file is empty (0 bytes). It may not have been saved yet where it comes from.")
    image = _opened(content)
    if image.width * image.height > max_pixels:
        raise Refused(
            f"The picture is {image.width} × {image.height}: {image.width * image.height / 1e6:.0f} megapixels. "
            f"At most {max_pixels / 1e6:.0f} are taken: make it smaller and send it again."
        )
    try:
        image.load()
        notes = _notes(image)
        upright = ImageOps.exif_transpose(image)
        kept = _srgb(upright)
    except Exception as error:  # Pillow's decoders raise OSError, ValueError, SyntaxError, struct.error and more
        raise Refused("The picture is damaged: its beginning is sound, its end is not. Send it again.") from error
    file_format, extension = KEPT_AS[image.format or ""]
    return Picture(_encoded(kept, file_format), extension, kept.width, kept.height, notes)


def _opened(content: bytes) -> Image.Image:
    """The picture with only its header read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the pixel limit below is stricter
            return Image.open(BytesIO(content), formats=TAKEN)
    except Image.DecompressionBombError as error:
        raise Refused("The picture claims more pixels than any camera makes. It was not decoded.") from error
    except (OSError, ValueError, OverflowError) as error:  # OSError includes Pillow's UnidentifiedImageError
        raise Refused(f"{_likeness(content)} JPEG, PNG, WebP, GIF and AVIF are taken.") from error


def _likeness(content: bytes) -> str:
    """A sentence on what a refused file looks like."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return "This is an SVG. It can carry scripts, which would run with this site's rights when opened from it."
    if start.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body")):
        return "This is an HTML page, whatever its name says."
    if start.startswith(b"%pdf"):
        return "This is a PDF document."
    return "This is not a picture, or not one of a format taken here."


def _notes(image: Image.Image) -> tuple[str, ...]:
    notes = []
    exif = image.getexif()
    if exif.get(ExifTags.Base.Orientation, 1) != 1:
        notes.append(f"turned upright (EXIF orientation {exif[ExifTags.Base.Orientation]})")
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        notes.append("GPS position removed")
    if exif.get(ExifTags.Base.Model):
        notes.append("camera model removed")
    if image.info.get("icc_profile"):
        notes.append("colours converted to sRGB")
    frames = getattr(image, "n_frames", 1)
    if frames > 1:
        notes.append(f"first of {frames} frames kept")
    if image.format == "GIF":
        notes.append("kept as PNG")
    return tuple(notes)


def _srgb(image: Image.Image) -> Image.Image:
    """The pixels in 8-bit sRGB, grey or colour, with transparency where there is any, and without metadata."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    transparent = image.has_transparency_data
    if profile and image.mode in ("RGB", "CMYK", "RGBA"):
        try:
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=mode
            )
            image = converted or image
        except ImageCms.PyCMSError:
            pass  # a damaged profile: the pixels as they are, as browsers do
    mode = "RGBA" if transparent else ("L" if image.mode in ("1", "L") else "RGB")
    clean = Image.new(mode, image.size)
    clean.paste(image.convert(mode))
    return clean


def _encoded(image: Image.Image, file_format: str) -> bytes:
    if file_format == "JPEG" and image.mode == "RGBA":
        image = image.convert("RGB")
    out = BytesIO()
    image.save(out, file_format, **SAVE_OPTIONS[file_format])
    return out.getvalue()
