"""Does each page answer, and is a picture that somebody sends kept?"""

from base64 import b64decode
from pathlib import Path
from unittest import skipUnless

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase

GIF = b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")  # a single pixel
COLLECTED = Path(settings.STATIC_ROOT, "staticfiles.json").exists()


@skipUnless(COLLECTED, "collectstatic has not run")
class PagesTest(SimpleTestCase):
    def test_the_book_is_shown(self):
        self.assertContains(self.client.get("/"), "Our recipes")

    def test_the_form_is_shown(self):
        self.assertContains(self.client.get("/add/"), "multipart/form-data")


@skipUnless(COLLECTED, "collectstatic has not run")
class UploadTest(SimpleTestCase):
    def test_a_picture_is_kept_and_shown(self):
        before = len(default_storage.listdir("")[1]) if default_storage.exists("") else 0
        picture = SimpleUploadedFile("cake.gif", GIF, "image/gif")
        page = self.client.post("/add/", {"picture": picture}, follow=True)
        self.assertContains(page, "<img", before + 1)
        self.assertEqual(len(default_storage.listdir("")[1]), before + 1)
