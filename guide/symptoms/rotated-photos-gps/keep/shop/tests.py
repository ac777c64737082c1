import tempfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from PIL import Image
from shop.forms import ProductForm

ORIENTATION, PLACE = 0x0112, 0x8825


def photo():
    """Return a JPEG of 40 by 20 pixels that is to be turned, with a place and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(PLACE).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 6.0, 0.0)})
    content = BytesIO()
    Image.new("RGB", (40, 20)).save(content, "JPEG", exif=exif, comment=b"taken at home")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


class PhotoTests(TestCase):
    def test_a_stored_photo_is_upright_and_says_nothing_about_its_place(self):
        media = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=media))
        product = ProductForm({"name": "A"}, {"picture": photo()}).save()
        with product.picture.open() as stored:
            content = stored.read()
        with Image.open(BytesIO(content)) as image:
            self.assertEqual(image.size, (20, 40))
            self.assertFalse(image.getexif())
        self.assertNotIn(b"taken at home", content)
