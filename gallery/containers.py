"""The outer structure of a picture file, sorted out before any decoder sees it.

A decoder is a large program in C; what reaches it here is a file rebuilt from only those parts that it needs: pixels,
palette, transparency, colour profile and the EXIF block that tells which way is up. Text that unpacks to 200 MB, a
second file behind the end, comments and a few thousand further frames are gone by then, and width and height are
known, so that a picture too large for us costs no memory. Everything here reads bytes and allocates no pixels.
"""

import re
import struct
import zlib
from dataclasses import dataclass

MAX_PARTS = 20_000  # chunks, segments or blocks beside frames; a camera writes some dozens
MAX_SCANS = 100  # passes of a progressive JPEG; a camera writes 10, and each costs a walk over all pixels
MAX_PROFILE_BYTES = 1 << 20  # of colour profile, unpacked
MAX_EXIF_BYTES = 1 << 16

JPEG, PNG, WEBP, GIF, AVIF = "JPEG", "PNG", "WEBP", "GIF", "AVIF"


class Damaged(ValueError):
    """The file begins as a picture of a known format and does not go on as one; the message is half a sentence."""


@dataclass(frozen=True)
class Container:
    """A picture file with only what a decoder needs. `frames` and `dropped` tell what the original had beside that."""

    file_format: str
    content: bytes
    width: int
    height: int
    frames: int = 1
    dropped: tuple[str, ...] = ()
    held: float = 0.0  # bytes that the decoder keeps for each pixel of a JPEG in several passes until the last is read
    lossless: bool = False

    @property
    def pixels(self) -> int:
        return self.width * self.height


def sort(content: bytes) -> Container | None:
    """The file by its first bytes, whatever its name says; None for a format that is not taken. Raises Damaged."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return sort_jpeg(content)
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return sort_png(content)
        if content.startswith((b"GIF87a", b"GIF89a")):
            return sort_gif(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return sort_webp(content)
        if content[4:8] == b"ftyp" and re.search(rb"avi[fs]", content[8 : min(64, _u32(content, 0))]):
            return Container(AVIF, content, 0, 0)  # its boxes nest too deep for a few lines; the decoder reads the size
    except (IndexError, struct.error) as error:
        raise Damaged("the file ends in the middle") from error
    return None


def _u32(content: bytes, at: int) -> int:
    return int(struct.unpack_from(">I", content, at)[0])


# JPEG: segments of a marker and a length, then scans of compressed pixels, until the marker EOI.

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # inside a scan FF00 is a byte and FFD0-7 are restarts
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_COEFFICIENT_BYTES = 2
_KEPT_SEGMENTS = {0xE0: b"JFIF\0", 0xE1: b"Exif\0\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}


def sort_jpeg(content: bytes) -> Container:
    """Return a JPEG with the segments that a decoder needs and nothing behind the end. Raises Damaged."""
    kept, dropped = [content[:2]], set[str]()
    width = height = scans = parts = 0
    progressive, sampling, held = False, b"", 0.0
    at = 2
    while True:
        start = content.find(b"\xff", at)  # cameras leave a stray byte between segments now and then
        if start < 0:
            raise Damaged("the file ends in the middle")
        at = start + 1
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        at += 1
        if marker == 0xD9:
            break
        if marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            continue
        parts += 1
        if parts > MAX_PARTS:
            raise Damaged(f"it has more than {MAX_PARTS} parts")
        end = at + struct.unpack_from(">H", content, at)[0]
        if end > len(content) or end < at + 2:
            raise Damaged("the file ends in the middle")
        if marker in _FRAME_MARKERS:
            if width:
                raise Damaged("it describes its size twice")
            height, width = struct.unpack_from(">HH", content, at + 3)
            progressive = marker in _PROGRESSIVE
            sampling = content[at + 9 : min(end, at + 8 + 3 * content[at + 7]) : 3]
        if marker == 0xDA:
            scans += 1
            if scans == 1 and (progressive or content[at + 2] < len(sampling)):  # or each colour in a pass of its own
                held = _coefficients(sampling)
            if scans > MAX_SCANS:
                raise Damaged(f"it draws itself in more than {MAX_SCANS} passes, which no camera does")
            following = _NEXT_MARKER.search(content, end)
            if following is None:
                raise Damaged("the file ends in the middle")
            end = following.start()
        wanted = _KEPT_SEGMENTS.get(marker)
        metadata = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if metadata and (wanted is None or not content.startswith(wanted, at + 2)):
            dropped.add("comment" if marker == 0xFE else _application_data(content[at + 2 : at + 40]))
            at = end
            continue
        kept.append(b"\xff" + bytes([marker]) + content[at:end])
        at = end
    if not width or not height or not scans:
        raise Damaged("it has no pixels")
    if content[at:].strip(b"\0"):
        dropped.add("second picture" if "second picture" in dropped else "data behind the picture")
    kept.append(b"\xff\xd9")
    return Container(JPEG, b"".join(kept), width, height, 1, tuple(sorted(dropped)), held)


def _coefficients(sampling: bytes) -> float:
    """Bytes for each pixel, from every colour's sampling factors: half a byte across, half a byte down."""
    across = max((one >> 4 for one in sampling), default=0)
    down = max((one & 15 for one in sampling), default=0)
    if not across or not down:
        raise Damaged("its colours have no size")
    return _COEFFICIENT_BYTES * sum((one >> 4) * (one & 15) for one in sampling) / (across * down)


def _application_data(start: bytes) -> str:
    if start.startswith(b"MPF\0"):
        return "second picture"
    if start.startswith(b"Photoshop 3.0"):
        return "IPTC"
    if start.startswith((b"http://ns.adobe.com/xap", b"http://ns.adobe.com/xmp")):
        return "XMP"
    return "application data"


# PNG: chunks of length, kind, data and checksum, from IHDR to IEND.

_KEPT_CHUNKS = (b"PLTE", b"tRNS", b"IDAT")
_NAMED_CHUNKS = {b"tEXt": "text", b"zTXt": "text", b"iTXt": "text", b"tIME": "time"}


def sort_png(content: bytes) -> Container:
    """Return a PNG with the chunks that a decoder needs and nothing behind the last. Raises Damaged."""
    chunks: dict[bytes, list[bytes]] = {}
    dropped: set[str] = set()
    frames, parts, at = 1, 0, 8
    while True:
        length = _u32(content, at)
        kind = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise Damaged("the file ends in the middle")
        parts += 1
        if parts > MAX_PARTS:
            raise Damaged(f"it has more than {MAX_PARTS} parts")
        data = content[at + 8 : end - 4]
        sound = zlib.crc32(data, zlib.crc32(kind)) == _u32(content, end - 4)
        if not sound and not kind[0] & 0x20:  # a capital letter: the picture can't be drawn without this chunk
            raise Damaged(f"the checksum of its part {kind.decode('ascii', 'replace')} is wrong")
        at = end
        if kind == b"IEND":
            break
        if kind == b"IHDR" and not chunks:
            chunks[kind] = [data]
        elif b"IHDR" not in chunks:
            raise Damaged("its header is missing")
        elif kind in _KEPT_CHUNKS or (kind == b"eXIf" and length <= MAX_EXIF_BYTES):
            chunks.setdefault(kind, []).append(data)
        elif kind == b"iCCP" and _unpacks_within(data.partition(b"\0")[2][1:], MAX_PROFILE_BYTES):
            chunks[kind] = [data]
        elif kind == b"acTL" and length == 8:
            frames = max(1, _u32(data, 0))
        elif kind not in (b"fcTL", b"fdAT"):
            dropped.add(_NAMED_CHUNKS.get(kind, "metadata"))
    if b"IDAT" not in chunks:
        raise Damaged("it has no pixels")
    if at < len(content):
        dropped.add("data behind the picture")
    width, height = struct.unpack_from(">II", chunks[b"IHDR"][0])
    if not width or not height:
        raise Damaged("it has no pixels")
    order = (b"IHDR", b"iCCP", b"PLTE", b"tRNS", b"eXIf", b"IDAT")
    rebuilt = [content[:8], *(_chunk(kind, b"".join(chunks[kind])) for kind in order if kind in chunks)]
    return Container(PNG, b"".join([*rebuilt, _chunk(b"IEND", b"")]), width, height, frames, tuple(sorted(dropped)))


_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by the colour type
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def lacks_rows(container: Container) -> bool:
    """Whether a PNG's compressed pixels end before its last row: the decoder leaves those black and says nothing.

    Unpacks them piece by piece and keeps none, so it costs time for each pixel: ask about the size first.
    """
    content, at = container.content, 8
    if container.file_format != PNG:
        return False
    while content[at + 4 : at + 8] != b"IDAT":  # the last but one, and the only one of its kind
        at += 12 + _u32(content, at)
    left = _unpacked_bytes(*struct.unpack_from(">IIBBBBB", content, 16))
    unpacker = zlib.decompressobj()
    try:
        for start in range(at + 8, at + 8 + _u32(content, at), 1 << 16):
            piece = content[start : start + (1 << 16)]
            while piece and left > 0:
                left -= len(unpacker.decompress(piece, 1 << 20))
                piece = unpacker.unconsumed_tail
    except zlib.error:
        return False  # the decoder says so itself
    return left > 0


def _unpacked_bytes(width: int, height: int, depth: int, kind: int, _how: int, _filter: int, interlaced: int) -> int:
    """What the pixels of a PNG unpack to: rows of whole bytes, each with one more in front that names its filter."""
    bits = depth * _CHANNELS.get(kind, 0)
    total = 0
    for left, top, across, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0:
            total += max(0, rows) * (1 + -(-columns * bits // 8))
    return total


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def _unpacks_within(data: bytes, limit: int) -> bool:
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(data, limit)
    except zlib.error:
        return False
    return unpacker.eof


# GIF: a header, a palette, then extensions and frames in blocks of at most 255 bytes, until the byte 3B.


def sort_gif(content: bytes) -> Container:
    """Return a GIF with its head and its first frame. Raises Damaged."""
    width, height, flags = struct.unpack_from("<HHB", content, 6)
    at = 13 + _palette_bytes(flags)
    kept = [content[:at]]
    dropped: set[str] = set()
    frames = 0
    control = b""
    while at < len(content):
        kind = content[at]
        if kind == 0x3B:
            break
        if kind == 0x21:
            end = _past_blocks(content, at + 2)
            if content[at + 1] == 0xF9:  # transparency and timing of the frame that follows
                control = content[at:end]
            elif content[at + 1] == 0xFE:
                dropped.add("comment")
            at = end
        elif kind == 0x2C:
            left, top, across, down, flags = struct.unpack_from("<HHHHB", content, at + 1)
            end = _past_blocks(content, at + 10 + _palette_bytes(flags) + 1)
            if frames == 0:
                width, height = max(width, left + across), max(height, top + down)
                kept += [control, content[at:end]]
            frames += 1
            at = end
        else:
            raise Damaged("there is something else between its frames")
    if not frames or not width or not height:
        raise Damaged("it has no pixels")
    if content[at + 1 :].strip(b"\0"):
        dropped.add("data behind the picture")
    return Container(GIF, b"".join([*kept, b";"]), width, height, frames, tuple(sorted(dropped)))


def _palette_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(content: bytes, at: int) -> int:
    """The place behind a run of blocks, each with its length in front, that an empty one ends."""
    while length := content[at]:
        at += 1 + length
    if at >= len(content):
        raise Damaged("the file ends in the middle")
    return at + 1


# WebP: a RIFF file. Its parts stay as they are: the decoder takes the frames from them, and reads no metadata.


def sort_webp(content: bytes) -> Container:
    """Return a WebP without what is behind its end. Raises Damaged."""
    size = 8 + int(struct.unpack_from("<I", content, 4)[0])
    if size > len(content):
        raise Damaged("the file ends in the middle")
    width = height = frames = parts = 0
    lossless = False
    dropped: set[str] = {"data behind the picture"} if content[size:].strip(b"\0") else set()
    at = 12
    while at + 8 <= size:
        kind = content[at : at + 4]
        end = at + 8 + int(struct.unpack_from("<I", content, at + 4)[0])
        parts += 1
        if parts > MAX_PARTS:
            raise Damaged(f"it has more than {MAX_PARTS} parts")
        across, down = _webp_size(kind, content[at + 8 : at + 24])
        width, height = max(width, across), max(height, down)
        frames += kind == b"ANMF"
        lossless |= kind == b"VP8L"
        if kind == b"XMP ":
            dropped.add("XMP")
        at = end + (end & 1)
    if not width or not height:
        raise Damaged("it has no pixels")
    sorted_out = tuple(sorted(dropped))
    return Container(WEBP, content[:size], width, height, max(1, frames), sorted_out, lossless=lossless)


def _webp_size(kind: bytes, data: bytes) -> tuple[int, int]:
    """Width and height where this part tells them: the canvas, or a still picture, lossy or lossless."""
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8 ":
        across, down = struct.unpack_from("<HH", data, 6)
        return across & 0x3FFF, down & 0x3FFF
    if kind == b"VP8L":
        bits = int(struct.unpack_from("<I", data, 1)[0])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0
