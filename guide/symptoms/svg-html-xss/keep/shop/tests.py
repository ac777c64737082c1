import tempfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from PIL import Image
from shop.forms import ProductForm

SCRIPT = b"<script>alert(document.domain)</script>"


def picture(kind, **options):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind, **options)
    return content.getvalue()


class HostileUploadTests(TestCase):
    def setUp(self):
        media = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=media))

    def form(self, name, content):
        return ProductForm({"name": "A"}, {"picture": SimpleUploadedFile(name, content, "image/png")})

    def test_what_is_no_picture_is_refused(self):
        for name in ("page.html", "page.png", "drawing.svg"):
            self.assertFalse(self.form(name, b"<svg>" + SCRIPT + b"</svg>").is_valid(), name)

    def test_only_pixels_of_a_picture_are_stored(self):
        uploads = {
            "behind.png": picture("PNG") + SCRIPT,
            "comment.jpg": picture("JPEG", comment=SCRIPT),
            "behind.webp": picture("WEBP") + SCRIPT,
        }
        for name, content in uploads.items():
            with self.form(name, content).save().picture.open() as stored:
                self.assertNotIn(SCRIPT, stored.read(), name)
