import tempfile
from io import BytesIO

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import TestCase, override_settings
from PIL import Image

from photos.models import Photo

ROTATED = 6  # the EXIF orientation of a phone that was held upright


def jpeg(width=40, height=20, name="holiday.jpg"):
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    content = BytesIO()
    Image.new("RGB", (width, height)).save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


class PhotoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ann = User.objects.create_user("ann")
        cls.ben = User.objects.create_user("ben")

    def upload(self, file, **fields):
        self.client.force_login(self.ann)
        return self.client.post("/upload/", {"title": "Sea", "image": file, **fields})

    def test_a_photo_is_stored_upright_and_under_a_new_name(self):
        self.assertRedirects(self.upload(jpeg()), "/")
        photo = Photo.objects.get()
        self.assertRegex(photo.image.name, r"^photos/\d{4}/\d{2}/[0-9a-f]{32}\.webp$")
        with Image.open(photo.image.open()) as image:
            self.assertEqual((image.size, dict(image.getexif())), ((20, 40), {}))

    def test_what_is_no_picture_is_refused(self):
        page = SimpleUploadedFile("holiday.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
        self.assertContains(self.upload(page), "Upload a valid image", status_code=200)

    def test_a_damaged_picture_is_refused(self):
        whole = jpeg(400, 300).read()
        half = SimpleUploadedFile("holiday.jpg", whole[: len(whole) // 2])
        self.assertContains(self.upload(half), "it is damaged")

    def test_a_picture_in_an_unusual_format_is_refused(self):
        content = BytesIO()
        Image.new("RGB", (4, 4)).save(content, "TIFF")
        self.assertContains(self.upload(SimpleUploadedFile("a.png", content.getvalue())), "not a JPEG, PNG or WebP")

    def test_a_large_file_is_refused(self):
        large = jpeg()
        large = SimpleUploadedFile("holiday.jpg", large.read() + b"\0" * 5 * 1024 * 1024)
        self.assertContains(self.upload(large), "larger than 5 MB")

    def test_a_picture_with_too_many_pixels_is_refused(self):
        content = BytesIO()
        Image.new("1", (9000, 5000)).save(content, "PNG")
        self.assertContains(self.upload(SimpleUploadedFile("a.png", content.getvalue())), "40 megapixels")

    def test_the_admin_checks_a_photo_too(self):
        self.client.force_login(User.objects.create_superuser("root"))
        fields = {"title": "Sea", "owner": self.ann.pk, "image": SimpleUploadedFile("a.jpg", b"no picture")}
        self.assertContains(self.client.get("/admin/photos/photo/add/"), 'enctype="multipart/form-data"')
        self.assertContains(self.client.post("/admin/photos/photo/add/", fields), "Upload a valid image")

    def test_only_the_owner_gets_the_original(self):
        self.upload(jpeg())
        address = f"/{Photo.objects.get().pk}/original/"
        response = self.client.get(address)
        self.assertEqual(b"".join(response.streaming_content), jpeg().read())
        self.assertIn("attachment", response["Content-Disposition"])
        self.client.force_login(self.ben)
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.logout()
        self.assertRedirects(self.client.get(address), f"/login/?next={address}")

    def test_files_go_with_their_row(self):
        self.upload(jpeg())
        photo = Photo.objects.get()
        with self.captureOnCommitCallbacks(execute=True):  # a test's transaction is never committed
            self.client.post(f"/{photo.pk}/delete/")
        self.assertFalse(photo.image.storage.exists(photo.image.name))
        self.assertFalse(photo.original.storage.exists(photo.original.name))

    def test_files_go_when_a_query_deletes_their_rows(self):
        self.upload(jpeg())
        photo = Photo.objects.get()
        with self.captureOnCommitCallbacks(execute=True):
            Photo.objects.all().delete()
        self.assertFalse(photo.image.storage.exists(photo.image.name))

    def test_a_replaced_file_goes_too(self):
        self.upload(jpeg())
        photo = Photo.objects.get()
        self.client.force_login(User.objects.create_superuser("root"))
        fields = {"title": "Sea", "owner": self.ann.pk, "image": jpeg(60, 30)}
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(f"/admin/photos/photo/{photo.pk}/change/", fields)
        self.assertFalse(photo.image.storage.exists(photo.image.name))
        photo.refresh_from_db()
        self.assertTrue(photo.image.storage.exists(photo.image.name))
        self.assertTrue(photo.original.storage.exists(photo.original.name))

    def test_every_name_in_the_templates_exists_in_production(self):
        """Hashed names make a wrong name in the static tag an error. The other tests would not notice it."""
        manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
        with (
            tempfile.TemporaryDirectory() as folder,
            override_settings(STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": manifest}),
        ):
            call_command("collectstatic", interactive=False, verbosity=0)
            self.assertContains(self.client.get("/"), "/static/photos/photos.")
            self.assertContains(self.client.get("/login/"), "/static/photos/photos.")
