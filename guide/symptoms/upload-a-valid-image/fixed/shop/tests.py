from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image

from shop.forms import ProductForm


class PictureTest(TestCase):
    def test_a_picture_is_taken(self):
        file = BytesIO()
        Image.new("RGB", (8, 8)).save(file, "PNG")
        file.seek(0)
        picture = SimpleUploadedFile("a.png", file.read(), "image/png")
        form = ProductForm({"name": "Lamp"}, {"picture": picture})
        self.assertEqual(form.errors, {})
