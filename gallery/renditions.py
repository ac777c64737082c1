"""The sizes and formats in which a picture is served, so that a phone need not fetch what a projector wants.

No library for this: those that make sizes (easy-thumbnails, sorl, django-imagekit, pictures) open the visitor's own
file in the server's process, or on the first visit, or want a worker beside it. Here they come out of the same bounded
worker process as the picture itself, at upload, each made from the next larger one.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

WIDTHS = (320, 640, 1280)
FALLBACK_WIDTH = 640
TYPES = {"avif": "image/avif", "webp": "image/webp"}  # in the order in which a browser should prefer them
ENCODINGS: dict[str, tuple[str, dict[str, Any]]] = {
    # AVIF at speed 9 takes an eighth of the time of the default 6, WebP at method 2 half that of 4; AVIF's quality is
    # set so that its files are as large as by default. tests/benchmarks/renditions.py shows the figures.
    "avif": ("AVIF", {"quality": 74, "speed": 9, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 80, "method": 2}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True}),
    "png": ("PNG", {}),
}


@dataclass(frozen=True)
class Rendition:
    width: int
    extension: str
    content: bytes


def widths(width: int) -> list[int]:
    """Which widths a picture gets: those of WIDTHS, never more than it has; its own, where it has less than all."""
    return [one for one in WIDTHS if one < width] + ([width] if width <= WIDTHS[-1] else [])


def fallback(width: int, transparent: bool) -> tuple[int, str]:
    """Width and extension of the one file for browsers that know neither AVIF nor WebP."""
    return min(width, FALLBACK_WIDTH), "png" if transparent else "jpg"


def name(original: str, width: int, extension: str) -> str:
    """`photos/<random>.jpg` at 640 as WebP is `renditions/<random>-640.webp`: the row is enough to know them all."""
    stem = original.rpartition("/")[2].partition(".")[0]
    return f"renditions/{stem}-{width}.{extension}"


def names(original: str, width: int, transparent: bool) -> list[str]:
    """Every rendition that a picture of this width has."""
    both = [(one, extension) for one in widths(width) for extension in TYPES]
    return [name(original, *each) for each in [*both, fallback(width, transparent)]]


def widest(image: Image.Image) -> Image.Image:
    """The picture at the size of its largest rendition: what `make` goes on from."""
    return resized(image, _size(image.size, widths(image.width)[-1]))


def make(image: Image.Image, whole: tuple[int, int]) -> list[Rendition]:
    """All renditions of an upright picture of `whole` size in L, RGB or RGBA, each made from the next wider one.

    AVIF takes as long as everything else together, so it has a thread of its own: encoders work without Python's lock.
    Two of them never share an image, because save() keeps its options in it. The widest comes to WebP last, when its
    AVIF is done: both at once would take the most memory of all.
    """
    *narrower, width = widths(whole[0])
    made: list[Rendition] = []
    with ThreadPoolExecutor(1) as beside:
        avif = [beside.submit(_rendition, image, width, "avif")]
        smaller = image
        for each in reversed(narrower):
            smaller = resized(smaller, _size(whole, each))
            avif.append(beside.submit(_rendition, smaller.copy(), each, "avif"))
            made += _for_all_browsers(smaller, each, whole)
        made.append(avif.pop(0).result())
        made += _for_all_browsers(image, width, whole)
        return made + [future.result() for future in avif]


def _for_all_browsers(image: Image.Image, width: int, whole: tuple[int, int]) -> Iterator[Rendition]:
    yield _rendition(image, width, "webp")
    last = fallback(whole[0], image.mode == "RGBA")
    if width == last[0]:
        yield _rendition(image, *last)


def _rendition(image: Image.Image, width: int, extension: str) -> Rendition:
    return Rendition(width, extension, encoded(image, *ENCODINGS[extension]))


def _size(whole: tuple[int, int], width: int) -> tuple[int, int]:
    return width, max(1, round(whole[1] * width / whole[0]))


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture at that size; the same image where it has it already."""
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def encoded(image: Image.Image, file_format: str, options: dict[str, Any]) -> bytes:
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def dominant_colour(image: Image.Image) -> str:
    """The commonest colour, as #rrggbb, to fill a picture's place before it is there; empty for a transparent one."""
    if image.mode == "RGBA":
        return ""
    few = image.resize((24, 24), Image.Resampling.BOX, reducing_gap=1.0).convert("RGB").quantize(5)
    counts = few.histogram()
    index = 3 * counts.index(max(counts))
    red, green, blue = (few.getpalette() or [])[index : index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
