"""A picture of 28 bytes meets the upload form, and then a thumbnailer as tutorials write it."""

import resource
import sys
import warnings
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from project.forms import UploadForm

warnings.simplefilter("ignore")  # Pillow's, of a large picture


def webp(side):
    """A complete WebP without loss, of one colour: its five codes have one symbol each, so a pixel takes no bit."""
    data = 0x2F | (side - 1) << 8 | (side - 1) << 22 | 0x88888 << 40
    return b"RIFF\x14\0\0\0WEBPVP8L\x08\0\0\0" + data.to_bytes(8, "little")


def peak():
    """The most memory that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


for side in (4_000, 10_000):
    content = webp(side)
    form = UploadForm({}, {"image": SimpleUploadedFile("tiny.webp", content, "image/webp")})
    print(f"{side * side // 1_000_000} MP in {len(content)} bytes:", "accepted" if form.is_valid() else "refused")

before = peak()
picture = Image.open(BytesIO(webp(4_000)))
picture.thumbnail((320, 320))
print("a thumbnail of the first one takes more than", (peak() - before) // 100_000_000 * 100, "MB")
