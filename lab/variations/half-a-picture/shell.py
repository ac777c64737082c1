from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from project.forms import UploadForm

noise = Image.frombytes("RGB", (64, 64), bytes(number * number // 7 % 256 for number in range(64 * 64 * 3)))
for kind in ("JPEG", "GIF", "BMP", "PNG", "WebP"):
    whole = BytesIO()
    noise.save(whole, kind)
    half = whole.getvalue()[: len(whole.getvalue()) // 2]
    name = f"half.{kind.lower()}"
    form = UploadForm({}, {"image": SimpleUploadedFile(name, half, f"image/{kind.lower()}")})
    print(f"half a {kind}:", "accepted" if form.is_valid() else "refused")
