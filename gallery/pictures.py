"""From the bytes that a visitor sent to a picture that is safe to keep and to serve.

The file's name and declared type are never believed: `containers` looks at the bytes, and one decoder of Pillow, the
one for what was found, gets to see them. What is kept is re-encoded from the pixels, so nothing that was hidden
beside them (markup, scripts, GPS) survives. No Django here: this runs in the processes of `image_worker_pool`.
"""

import math
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import AvifImagePlugin, ExifTags, Image, ImageCms

from gallery import containers, renditions
from gallery.containers import AVIF, GIF, JPEG, PNG, WEBP, Container
from gallery.renditions import Rendition

KEPT_PIXELS = 6_500_000  # a larger picture is halved (or more) on the way in, while it is being decoded
KEPT_SIDE = 16_000  # WebP ends at 16,383

# Bytes that decoding costs for each pixel that the header claims. A baseline JPEG is decoded at half, a quarter or an
# eighth and costs next to nothing; one in several passes, such as a progressive one, keeps what `container.held` says;
# WebP holds several whole canvases.
DECODING_BYTES = {JPEG: 1, PNG: 4, GIF: 5, AVIF: 9, WEBP: 16}

TURNS = {  # by the EXIF orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SAVE_OPTIONS = {
    "JPEG": {"quality": 88, "optimize": True},
    "WEBP": {"quality": 85, "method": 2},
    "AVIF": {"quality": 75, "speed": 9, "max_threads": 1},
    "PNG": {},
}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/avif"

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # several pictures are decoded at once already
Image.MAX_IMAGE_PIXELS = None  # our own limits are stricter and depend on the format


class Refused(ValueError):
    """The upload is not kept; the message says what it is and what would be taken."""


@dataclass(frozen=True)
class Limits:
    """What one picture may cost: pixels that its header claims, and bytes of memory for decoding them."""

    pixels: int
    memory: int


@dataclass(frozen=True)
class Picture:
    """An upright picture in sRGB without metadata, and its renditions. `notes` say what was changed on the way in."""

    content: bytes
    extension: str
    width: int
    height: int
    transparent: bool
    colour: str
    notes: tuple[str, ...]
    renditions: tuple[Rendition, ...]

    @property
    def total_bytes(self) -> int:
        return len(self.content) + sum(len(rendition.content) for rendition in self.renditions)


def read(content: bytes, limits: Limits, most: int = KEPT_PIXELS) -> Picture:
    """Decode, turn upright, re-encode in all sizes. Raises Refused for what is too large or no whole picture.

    A picture of more than `most` pixels is made smaller. A MemoryError comes through: the worker has a sentence for it.
    """
    if not content:
        raise Refused("The file is empty (0 bytes). It may not have been saved yet where it comes from.")
    try:
        container = containers.sort(content)
    except containers.Damaged as error:
        raise Refused(f"The picture is damaged: {error}. Send it again.") from error
    if container is None:
        raise Refused(f"{likeness(content)} JPEG, PNG, WebP, GIF and AVIF are taken.")
    del content  # from here on only what the decoder needs
    check_size(container.width, container.height, container, limits)  # before a decoder makes room for them
    if containers.lacks_rows(container):
        raise Refused("The picture is damaged: its rows end before the picture does. Send it again.")
    try:
        opened = Image.open(BytesIO(container.content), formats=(container.file_format,))
        container = replace(container, content=b"")  # the decoder has it now, and is the last to need it
    except MemoryError:
        raise
    except Exception as error:  # Pillow's decoders raise OSError, ValueError, SyntaxError, struct.error and more
        raise Refused("The picture is damaged: its header makes no sense. Send it again.") from error
    check_size(*opened.size, container, limits)
    try:
        orientation, notes = _from_exif(opened)
        notes += _notes(opened, container)
        size = opened.size
        image = _decoded(opened, container, most)
        del opened  # its pixels: what follows needs the memory
        if orientation in TURNS:
            image = image.transpose(TURNS[orientation])
        image, about_profile = to_srgb(image)
        notes += about_profile
    except MemoryError:
        raise
    except Exception as error:
        raise Refused("The picture is damaged: its beginning is sound, its end is not. Send it again.") from error
    if image.width * image.height < size[0] * size[1]:
        notes.append(f"made smaller: {size[0]} × {size[1]} were sent")
    file_format = _kept_format(container, image.mode)
    if file_format == PNG and container.file_format != PNG:
        notes.append("kept as PNG")
    width, height = image.size
    kept = renditions.encoded(image, file_format, SAVE_OPTIONS[file_format])
    image = renditions.widest(image)  # the larger one is no longer needed, so its memory is free for the encoders
    return Picture(
        content=kept,
        extension=EXTENSIONS[file_format],
        width=width,
        height=height,
        transparent=image.mode == "RGBA",
        colour=renditions.dominant_colour(image),
        notes=tuple(notes),
        renditions=tuple(renditions.make(image, (width, height))),
    )


def likeness(content: bytes) -> str:
    """A sentence on what a refused file looks like."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start or b"<!doctype svg" in start:
        return "This is an SVG. It can carry scripts, which would run with this site's rights when opened from it."
    if start.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body")):
        return "This is an HTML page, whatever its name says."
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"):
        return "This is a HEIC photo, which hardly any browser shows. Your phone can send it as a JPEG."
    for beginning, sentence in _LIKENESSES:
        if content.startswith(beginning):
            return sentence
    return "This is not a picture, or not one of a format taken here."


_LIKENESSES = (
    (b"%PDF", "This is a PDF document."),
    (b"PK\x03\x04", "This is a ZIP archive, or a document that is one inside."),
    (b"\x7fELF", "This is a program for Linux."),
    (b"MZ", "This is a program for Windows."),
    ((b"%!PS", b"\xc5\xd0\xd3\xc6"), "This is a PostScript file (EPS), which is a program more than a picture."),
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "This is a TIFF, or a camera's raw file, which browsers do not show."),
    (b"BM", "This is a BMP, which is a picture without compression."),
    (b"\0\0\1\0", "This is an icon file (ICO)."),
    (b"8BPS", "This is a Photoshop document."),
    ((b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"), "This is a JPEG 2000 picture, which browsers do not show."),
    ((b"\0\0\0\x0cJXL ", b"\xff\x0a"), "This is a JPEG XL picture, which most browsers do not show."),
)


def check_size(width: int, height: int, container: Container, limits: Limits) -> None:
    """Raise Refused for more pixels than the limits allow in this format."""
    cost = max(container.held, DECODING_BYTES[container.file_format])
    most = min(limits.pixels, int(limits.memory / cost))
    if width * height > most:
        kind = f"{container.file_format}{' in several passes' if container.held else ''}"
        raise Refused(
            f"The picture says that it is {width} × {height}: {width * height / 1e6:.0f} megapixels. At most "
            f"{most / 1e6:.0f} are taken in this format ({kind}). It was not decoded: make it smaller, then send it."
        )


def _notes(image: Image.Image, container: Container) -> list[str]:
    notes = [f"{part} removed" for part in container.dropped]
    frames = getattr(image, "n_frames", 1) if container.file_format == AVIF else container.frames
    if frames > 1:
        notes.append(f"first of {frames} frames kept")
    return notes


def _from_exif(image: Image.Image) -> tuple[int, list[str]]:
    """Which way is up, and what of the block goes. Nonsense in it says nothing about the pixels, so it is no refusal.

    Neither image.getexif(), which decodes the pixels of a PNG, nor ImageOps.exif_transpose(), which fails when it
    writes odd values back.
    """
    exif = Image.Exif()
    orientation, notes = 1, []
    try:
        exif.load(image.info.get("exif", b""))
        if exif.get(ExifTags.Base.Orientation) in TURNS:
            orientation = int(exif[ExifTags.Base.Orientation])
            notes.append(f"turned upright (EXIF orientation {orientation})")
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            notes.append("GPS position removed")
        if exif.get(ExifTags.Base.Model):
            notes.append("camera model removed")
    except MemoryError:
        raise
    except Exception:  # as manifold as the decoders'
        notes.append("EXIF that nobody can read removed")
    return orientation, notes


def _decoded(image: Image.Image, container: Container, most: int) -> Image.Image:
    """The pixels, at most `most` of them, as RGB, RGBA, L, LA or CMYK with the file's colour profile."""
    divisor = max(math.ceil(math.sqrt(image.width * image.height / most)), math.ceil(max(image.size) / KEPT_SIDE))
    if container.file_format == JPEG and divisor > 1:
        divisor = next((power for power in (2, 4) if power >= divisor), 8)
        # The decoder itself leaves pixels out; not of a picture that has less than `divisor` of them to one side.
        image.draft(None, (max(1, image.width // divisor), max(1, image.height // divisor)))
        divisor = math.ceil(max(image.size) / KEPT_SIDE)
    image.load()
    if divisor == 1:
        return _plain(image)
    # Row by row, so that converting a large picture does not cost its size in memory a second and a third time.
    rows = divisor * max(1, 1_000_000 // (image.width * divisor))
    bands = [
        _plain(image.crop((0, top, image.width, min(top + rows, image.height)))).reduce(divisor)
        for top in range(0, image.height, rows)
    ]
    small = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    top = 0
    for band in bands:
        small.paste(band, (0, top))
        top += band.height
    small.info = {"icc_profile": image.info.get("icc_profile")}
    return small


def _plain(image: Image.Image) -> Image.Image:
    """Without palettes, single bits and 16 bits a channel."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        return image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def to_srgb(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """Return the pixels in sRGB, as L, RGB or RGBA, without metadata, and a note on their profile if they had one."""
    notes = []
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colours = image.convert(image.mode[:-1]) if alpha else image
    if profile:
        converted = _converted(colours, profile)
        notes.append("colour profile removed" if converted is colours else "colours converted to sRGB")
        colours = converted
        del converted
    if colours.mode == "CMYK" or (alpha and colours.mode == "L"):
        colours = colours.convert("RGB")
    if alpha and alpha.getextrema()[0] != 255:
        colours.putalpha(alpha)
    colours.info = {}  # what Pillow would write into a file again
    return colours, notes


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if ImageCms.getProfileDescription(source).startswith("sRGB"):
            return image
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image  # a damaged profile, or one of other channels: the pixels as they are, as browsers do
    return converted or image


def _kept_format(container: Container, mode: str) -> str:
    if container.file_format == GIF or container.lossless:
        return PNG
    return JPEG if container.file_format == JPEG and mode != "RGBA" else container.file_format
