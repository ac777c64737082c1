"""Does each page answer, and is a picture that somebody sends kept?"""

from base64 import b64decode

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, override_settings

GIF = b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")  # a single pixel


@override_settings(
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "project.testing.OnlyWhatIsThere"},
    }
)
class PagesTest(SimpleTestCase):
    def test_the_book_is_shown(self):
        self.assertContains(self.client.get("/"), "Our recipes")

    def test_the_form_is_shown(self):
        self.assertContains(self.client.get("/add/"), "multipart/form-data")


@override_settings(
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "project.testing.OnlyWhatIsThere"},
    }
)
class UploadTest(SimpleTestCase):
    def test_a_picture_is_kept_and_shown(self):
        before = len(default_storage.listdir("")[1]) if default_storage.exists("") else 0
        picture = SimpleUploadedFile("cake.gif", GIF, "image/gif")
        page = self.client.post("/add/", {"picture": picture}, follow=True)
        self.assertContains(page, "<img", before + 1)
        self.assertEqual(len(default_storage.listdir("")[1]), before + 1)
