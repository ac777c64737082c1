import tempfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from PIL import Image


def picture(width, height):
    content = BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return SimpleUploadedFile("picture.png", content.getvalue(), "image/png")


class PictureSizeTests(TestCase):
    def setUp(self):
        media = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=media))

    def test_a_small_file_with_too_many_pixels_is_refused(self):
        upload = picture(6_000, 6_000)
        self.assertLess(upload.size, 10_000)
        answer = self.client.post("/add/", {"name": "A", "picture": upload})
        self.assertContains(answer, "At most 25 megapixels")

    def test_the_photo_of_a_phone_is_taken(self):
        answer = self.client.post("/add/", {"name": "A", "picture": picture(4_000, 3_000)})
        self.assertEqual(answer.status_code, 302)
