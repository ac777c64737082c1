"""Photos to begin with: drawn here, with the EXIF that a camera held sideways writes."""

import math
from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image, ImageDraw

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """A landscape. `orientation` is EXIF's: 1 upright, 3 upside down, 6 and 8 on its side."""

    name: str
    top: Colour
    horizon: Colour
    hills: tuple[Colour, ...]
    sun: tuple[float, float]
    orientation: int
    portrait: bool = False


SCENES = (
    Scene(
        "harbour-at-dawn.jpg",
        (38, 60, 110),
        (250, 190, 150),
        ((92, 96, 140), (60, 66, 106), (32, 38, 70)),
        (0.7, 0.52),
        1,
    ),
    Scene(
        "pass-on-its-side.jpg",
        (90, 160, 210),
        (240, 236, 214),
        ((120, 160, 140), (70, 120, 96), (34, 76, 62)),
        (0.3, 0.3),
        6,
        True,
    ),
    Scene(
        "dunes-upside-down.jpg",
        (250, 214, 165),
        (253, 240, 217),
        ((226, 178, 120), (201, 142, 88), (150, 96, 60)),
        (0.5, 0.35),
        3,
    ),
    Scene(
        "fjord-at-night.jpg",
        (12, 18, 44),
        (54, 84, 120),
        ((34, 56, 84), (22, 38, 62), (10, 20, 38)),
        (0.24, 0.22),
        8,
        True,
    ),
)


def jpeg(scene: Scene) -> bytes:
    """The scene as a camera file: pixels turned away from upright by as much as its EXIF orientation says."""
    upright = draw(scene, (900, 1200) if scene.portrait else (1200, 900))
    turns = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turn = turns[scene.orientation]
    stored = upright.transpose(turn) if turn is not None else upright
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Which File"
    exif[ExifTags.Base.Model] = "Sketchbook 1"
    exif[ExifTags.Base.Orientation] = scene.orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (52.0, 5.0, 24.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (4.0, 18.0, 36.0),
        }
    )
    out = BytesIO()
    stored.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def draw(scene: Scene, size: tuple[int, int]) -> Image.Image:
    width, height = size
    ground = int(height * 0.62)
    image = Image.new("RGB", size, scene.horizon)
    pen = ImageDraw.Draw(image)
    for y in range(ground):
        pen.line([(0, y), (width, y)], fill=_between(scene.top, scene.horizon, y / ground))
    sun_x, sun_y, radius = scene.sun[0] * width, scene.sun[1] * height, min(size) * 0.07
    behind = _between(scene.top, scene.horizon, min(1.0, sun_y / ground))
    for halo in range(6, 0, -1):
        reach = radius * (1 + halo * 0.28)
        glow = _between(behind, (255, 248, 226), 0.5 - halo * 0.07)
        pen.ellipse((sun_x - reach, sun_y - reach, sun_x + reach, sun_y + reach), fill=glow)
    pen.ellipse((sun_x - radius, sun_y - radius, sun_x + radius, sun_y + radius), fill=(255, 248, 226))
    for layer, colour in enumerate(scene.hills):
        base = ground - height * 0.12 + layer * height * 0.14
        ridge: list[tuple[float, float]] = [
            (
                px,
                base
                + height * 0.07 * math.sin(px / width * (5 + 2 * layer) + layer * 2.1 + scene.orientation)
                + height * 0.02 * math.sin(px / width * (19 + 3 * layer) + layer),
            )
            for px in range(0, width + 8, 8)
        ]
        pen.polygon([(0, height), *ridge, (width, height)], fill=colour)
    return image


def _between(start: Colour, end: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue
