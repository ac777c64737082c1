"""Does each page answer, and is a picture that somebody sends kept?"""

from base64 import b64decode
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import SimpleTestCase, override_settings

GIF = b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")  # a single pixel


class CollectedTestCase(SimpleTestCase):
    """Everything is collected into a folder of this class's own, under the names that production has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(TemporaryDirectory())
        in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        storages = {**settings.STORAGES, "default": in_memory}
        cls.enterClassContext(override_settings(STATIC_ROOT=folder, STORAGES=storages))
        call_command("collectstatic", interactive=False, verbosity=0)


class PagesTest(CollectedTestCase):
    def test_the_book_is_shown(self):
        self.assertContains(self.client.get("/"), "Our recipes")

    def test_the_form_is_shown(self):
        self.assertContains(self.client.get("/add/"), "multipart/form-data")


class UploadTest(CollectedTestCase):
    def test_a_picture_is_kept_and_shown(self):
        before = len(default_storage.listdir("")[1]) if default_storage.exists("") else 0
        picture = SimpleUploadedFile("cake.gif", GIF, "image/gif")
        page = self.client.post("/add/", {"picture": picture}, follow=True)
        self.assertContains(page, "<img", before + 1)
        self.assertEqual(len(default_storage.listdir("")[1]), before + 1)
