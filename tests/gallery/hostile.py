"""Odd and hostile files, each with its right answer. Made here, harmless: what they attack is a decoder's patience."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, PngImagePlugin

from tests.gallery.images import HTML, SVG, camera_jpeg, encoded, upright

MARK = b"MARK-THAT-MUST-NOT-SURVIVE"
SCRIPT = b"<script>/*" + MARK + b"*/</script>"


@dataclass(frozen=True)
class Odd:
    """`says` is None for a file that must be accepted, else a part of the refusal's sentence."""

    name: str
    content: bytes
    says: str | None = None


# PNG


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=8, height=8, *extra, bits=8, colour=2, pixels=None, end=b""):
    """A PNG with extra chunks between its header and its pixels."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    rows = (
        pixels
        if pixels is not None
        else b"".join(b"\0" + b"\x80" * (width * channels * bits // 8) for _ in range(height))
    )
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)),
            *extra,
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
            end,
        ]
    )


def unpacking_to(size):
    """Bytes of zlib that unpack to `size` zeros. After a full flush every megabyte is packed in the same way."""
    packer = zlib.compressobj(9)
    first, next_ = (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    megabytes = size >> 20
    checksum = ((megabytes << 20) % 65521 << 16) | 1  # Adler-32 of that many zeros
    return first + next_ * (megabytes - 1) + packer.flush()[:-4] + struct.pack(">I", checksum)


def wrong_checksum(content, kind=b"IDAT"):
    at = content.index(kind) + 6
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def with_exif(content, exif):
    head = 8 + 12 + 13
    return content[:head] + chunk(b"eXIf", exif) + content[head:]


# GIF


def gif(width=8, height=8, frames=1, extra=b""):
    palette = bytes((255, 0, 0)) + bytes((0, 0, 255))
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + palette
    # An 8 by 8 picture of colour 0 in LZW codes of two bits, each followed by a clear, so that the code never grows.
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + extra + frame * frames + b";"


# JPEG


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def with_segment(content, marker, data):
    return content[:2] + segment(marker, data) + content[2:]


def many_scans(count):
    """A progressive JPEG whose last scan comes again and again; each costs a walk over all coefficients."""
    content = encoded(upright((64, 64)), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * count + b"\xff\xd9"


def jpeg_that_claims(width, height):
    content = bytearray(camera_jpeg())
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def one_pass_for_each_colour(width, height, colours):
    """What such a JPEG claims, and its passes; the pixels are not there."""
    each = range(1, colours + 1)
    frame = struct.pack(">BHHB", 8, height, width, colours) + b"".join(bytes([number, 0x11, 0]) for number in each)
    passes = [segment(0xDA, bytes([1, number, 0, 0, 63, 0])) + bytes(8) for number in each]
    return b"".join([b"\xff\xd8", segment(0xC0, frame), *passes, b"\xff\xd9"])


# WebP and AVIF


def riff(*chunks):
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def webp_that_claims(width, height):
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff((b"VP8X", b"\0\0\0\0" + size), (b"VP8L", b"\x2f" + struct.pack("<I", 0)))


def webp_of_one_colour(side):
    """Complete: each of its five codes has a single symbol, so a pixel takes no bit."""
    return riff((b"VP8L", (0x2F | side - 1 << 8 | side - 1 << 22 | 0x88888 << 40).to_bytes(8, "little")))


def avif_that_claims(width, height):
    content = bytearray(encoded(upright((64, 64)), "AVIF"))
    at = content.index(b"ispe") + 8
    content[at : at + 8] = struct.pack(">II", width, height)
    return bytes(content)


def animated(file_format, count, **options):
    frames = [Image.new("RGB", (8, 8), (0, 0, number % 256)) for number in range(count)]
    return encoded(frames[0], file_format, save_all=True, append_images=frames[1:], **options)


def apng_that_claims(frames):
    return png(8, 8, chunk(b"acTL", struct.pack(">II", frames, 0)))


def mpo():
    out = BytesIO()
    upright().save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (120, 80), "blue")])
    return out.getvalue()


def profile():
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def text_png():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SCRIPT.decode())
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{MARK.decode()}</x:xmpmeta>")
    return encoded(upright(), "PNG", pnginfo=info)


HONEST = [
    Odd(
        "an Adam7 PNG",
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 1))
        + chunk(b"IDAT", zlib.compress(b"\0abc"))
        + chunk(b"IEND", b""),
    ),
    Odd("16 bits of grey", encoded(Image.new("I;16", (64, 64), 30000), "PNG")),
    Odd("16 bits of colour", png(8, 8, bits=16)),
    Odd("16 bits of colour with transparency", png(8, 8, bits=16, colour=6)),
    Odd("16 bits of grey with transparency", png(8, 8, bits=16, colour=4)),
    Odd("grey with transparency", encoded(upright(mode="LA"), "PNG")),
    Odd("a palette with transparency", encoded(upright(mode="P"), "PNG", transparency=0)),
    Odd("one bit", encoded(upright(mode="1"), "PNG")),
    Odd("a CMYK JPEG", encoded(upright(mode="CMYK"), "JPEG")),
    Odd("a grey JPEG", encoded(upright(mode="L"), "JPEG")),
    Odd("a progressive JPEG", encoded(upright(), "JPEG", progressive=True)),
    Odd("two pictures in one JPEG", mpo()),
    Odd("one pixel", encoded(upright((1, 1)), "PNG")),
    Odd("one pixel in a JPEG", encoded(upright((1, 1)), "JPEG")),
    Odd("one pixel in a WebP", encoded(upright((1, 1)), "WEBP")),
    Odd("1 by 4000", encoded(upright((1, 4000)), "PNG")),
    Odd("4000 by 1", encoded(upright((4000, 1)), "JPEG")),
    Odd("3 by 60000", encoded(upright((3, 60000)), "PNG")),
    Odd("60000 by 1 in a JPEG", encoded(upright((60000, 1)), "JPEG")),
    Odd("2 by 60000 in a progressive JPEG", encoded(upright((2, 60000)), "JPEG", progressive=True)),
    Odd("EXIF of nonsense in a PNG", with_exif(png(), b"nonsense")),
    Odd("EXIF of nonsense in a JPEG", with_segment(encoded(upright(), "JPEG"), 0xE1, b"Exif\0\0nonsense")),
    Odd("EXIF of nonsense in a WebP", encoded(upright(), "WEBP", exif=b"Exif\0\0nonsense")),
    Odd("an animated GIF", animated("GIF", 5)),
    Odd("an animated WebP", animated("WEBP", 5)),
    Odd("an animated PNG", animated("PNG", 5)),
    Odd("an animated AVIF", animated("AVIF", 5)),
    Odd("a lossless WebP", encoded(upright(), "WEBP", lossless=True)),
    Odd("an AVIF with transparency", encoded(upright(mode="RGBA"), "AVIF")),
    Odd("a JPEG with a colour profile that does not fit", encoded(upright(), "JPEG", icc_profile=profile())),
    Odd("a JPEG with a damaged colour profile", encoded(upright(), "JPEG", icc_profile=b"nonsense" * 50)),
    Odd("20,000 frames in a GIF", gif(frames=20_000)),
    Odd("an animated PNG that claims 2,000,000,000 frames", apng_that_claims(2_000_000_000)),
    Odd("an animated PNG that claims 4,294,967,295 frames", apng_that_claims(0xFFFFFFFF)),
    Odd("zTXt that unpacks to 200 MB", png(8, 8, chunk(b"zTXt", b"a\0\0" + unpacking_to(200 << 20)))),
    Odd("iTXt that unpacks to 200 MB", png(8, 8, chunk(b"iTXt", b"a\0\1\0\0\0" + unpacking_to(200 << 20)))),
    Odd("iCCP that unpacks to 200 MB", png(8, 8, chunk(b"iCCP", b"a\0\0" + unpacking_to(200 << 20)))),
    Odd("IDAT that unpacks to 200 MB", png(8, 8, pixels=bytes(200 << 20))),
]

CARRIERS = [
    Odd("HTML behind a PNG", png(end=SCRIPT)),
    Odd("HTML behind a JPEG", camera_jpeg() + SCRIPT),
    Odd("a ZIP behind a GIF", gif() + b"PK\3\4" + MARK),
    Odd("HTML in a PNG's text", text_png()),
    Odd("HTML in a JPEG's comment", with_segment(camera_jpeg(), 0xFE, SCRIPT)),
    Odd("HTML in a GIF's comment", gif(extra=b"\x21\xfe" + bytes([len(SCRIPT)]) + SCRIPT + b"\0")),
    Odd("a script in a JPEG's first segment", with_segment(camera_jpeg(), 0xE5, b"*/=alert(1)/*" + MARK)),
    Odd("XMP in a JPEG", with_segment(camera_jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + MARK)),
    Odd("IPTC in a JPEG", with_segment(camera_jpeg(), 0xED, b"Photoshop 3.0\0" + MARK)),
    Odd("a colour profile with a tail", encoded(upright(), "JPEG", icc_profile=MARK * 20)),
    Odd("EXIF in a PNG", with_exif(png(), b"MM\0*\0\0\0\x08\0\1\1\x0f\0\2\0\0\0\x1b\0\0\0\x1a\0\0\0\0" + MARK + b"\0")),
    Odd("XMP in a WebP", encoded(upright(), "WEBP", xmp=MARK)),
    Odd("EXIF in a WebP", encoded(upright(), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0" + MARK)),
    Odd("XMP in an AVIF", encoded(upright(), "AVIF", xmp=MARK)),
    Odd("a GIF that is also JavaScript", b"GIF89a" + gif()[6:].replace(b"\xff\0\0", b"\xff\0\0") + b"=1;//" + MARK),
]

REFUSED = [
    Odd("nothing", b"", "empty"),
    Odd("HTML", HTML, "HTML page"),
    Odd("JavaScript", b"alert(1)//" + b" " * 50, "not a picture"),
    Odd("CSS", b"body{background:red}", "not a picture"),
    Odd("PDF", b"%PDF-1.7\n", "PDF"),
    Odd("ZIP", b"PK\3\4" + bytes(99), "ZIP"),
    Odd("ELF", b"\x7fELF" + bytes(99), "program"),
    Odd("EPS", encoded(upright(), "EPS"), "EPS"),
    Odd("TIFF", encoded(upright(), "TIFF"), "TIFF"),
    Odd("BMP", encoded(upright(), "BMP"), "BMP"),
    Odd("ICO", encoded(upright((16, 16)), "ICO"), "ICO"),
    Odd("PSD", b"8BPS\0\1" + bytes(99), "Photoshop"),
    Odd("JPEG 2000", encoded(upright(), "JPEG2000"), "JPEG 2000"),
    Odd("HEIC", b"\0\0\0\x18ftypheic" + bytes(99), "HEIC"),
    Odd("SVG", SVG, "SVG"),
    Odd(
        "SVG with an entity that names a file",
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg>&x;</svg>',
        "SVG",
    ),
    Odd(
        "SVG with a billion laughs", b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>', "SVG"
    ),
    Odd("a GIF's name before JavaScript", b"GIF89a=1;alert(1)//" + bytes(40), "damaged"),
    Odd("a JPEG cut in the middle", camera_jpeg()[:-200], "damaged"),
    Odd("a PNG cut in the middle", encoded(upright(), "PNG")[:120], "damaged"),
    Odd("a PNG without its end", png()[:-12], "damaged"),
    Odd("a GIF cut in the middle", encoded(upright(mode="P"), "GIF")[:-40], "damaged"),
    Odd("a WebP cut in the middle", encoded(upright(), "WEBP")[:-40], "damaged"),
    Odd("an AVIF cut in the middle", encoded(upright(), "AVIF")[:-100], "damaged"),
    Odd("a PNG with a wrong checksum over its pixels", wrong_checksum(png()), "checksum"),
    Odd("a PNG with a wrong checksum over its header", wrong_checksum(png(), b"IHDR"), "checksum"),
    Odd("a PNG with too few pixels", png(64, 64, pixels=b"\0" * 100), "damaged"),
    Odd("a PNG with three of its four quarters", png(64, 64, pixels=b"\0" * 193 * 48), "rows end"),
    Odd("a PNG without its last byte", png(64, 64, pixels=b"\0" * (193 * 64 - 1)), "rows end"),
    Odd(
        "a PNG whose pixels are noise",
        b"".join([png()[:33], chunk(b"IDAT", bytes(range(256)) * 4), chunk(b"IEND", b"")]),
        "damaged",
    ),
    Odd("a JPEG of noise", b"\xff\xd8\xff" + bytes(range(256)) * 20, "damaged"),
    Odd("only a JPEG's first bytes", b"\xff\xd8\xff", "damaged"),
    Odd("only a PNG's first bytes", b"\x89PNG\r\n\x1a\n", "damaged"),
    Odd("a PNG of no width", png(0, 8, pixels=b""), "no pixels"),
    Odd("64 megapixels in a PNG", png(8000, 8000, pixels=b""), "64 megapixels"),
    Odd("900 megapixels in a PNG", png(30000, 30000, pixels=b""), "900 megapixels"),
    Odd("900 megapixels in a JPEG", jpeg_that_claims(30000, 30000), "900 megapixels"),
    Odd("268 megapixels in a WebP of 36 bytes", webp_that_claims(16383, 16383), "268 megapixels"),
    Odd("100 megapixels in a complete WebP of 28 bytes", webp_of_one_colour(10_000), "100 megapixels"),
    Odd("4,295 megapixels in a GIF", gif(65535, 65535), "4295 megapixels"),
    Odd("900 megapixels in an AVIF", avif_that_claims(30000, 30000), "damaged"),
    Odd("64 megapixels in an AVIF", avif_that_claims(8000, 8000), "64 megapixels"),
    Odd("36 megapixels in a JPEG of four passes", one_pass_for_each_colour(6000, 6000, 4), "At most 34"),
    Odd("49 megapixels in a JPEG of three passes", one_pass_for_each_colour(7000, 7000, 3), "At most 45"),
    Odd("3,000 scans in a JPEG", many_scans(3000), "passes"),
    Odd("50,000 chunks in a PNG", png(8, 8, *([chunk(b"tEXt", b"a\0b")] * 50_000)), "parts"),
    Odd("50,000 segments in a JPEG", camera_jpeg()[:2] + segment(0xE5, b"ab") * 50_000 + camera_jpeg()[2:], "parts"),
]
