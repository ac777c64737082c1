from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image
from shop.forms import ProductForm


def picture(size):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return SimpleUploadedFile("picture.png", content.getvalue().ljust(size, b"\0"), "image/png")


class SizeTests(TestCase):
    def test_one_byte_too_many_is_refused(self):
        self.assertTrue(ProductForm({"name": "A"}, {"picture": picture(1_000_000)}).is_valid())
        self.assertFalse(ProductForm({"name": "A"}, {"picture": picture(1_000_001)}).is_valid())
