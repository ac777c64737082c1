import struct
import zlib
import warnings

warnings.simplefilter("ignore")
from django.core.files.uploadedfile import SimpleUploadedFile
from project.forms import UploadForm


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side):
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


for side in (10_000, 14_000):
    content = bomb(side)
    form = UploadForm({}, {"image": SimpleUploadedFile("bomb.png", content, "image/png")})
    said = "accepted" if form.is_valid() else "refused"
    print(f"{side * side // 1_000_000} MP in {len(content) // 1000} kB: {said}")
