from django.conf import settings
from django.templatetags.static import static
from django.test import SimpleTestCase
from django.urls import reverse


class AddressTests(SimpleTestCase):
    def test_pages_static_files_and_uploads_are_below_the_sub_path(self):
        for address in (reverse("home"), static("shop/shop.css"), settings.MEDIA_URL):
            with self.subTest(address):
                self.assertTrue(address.startswith(f"{settings.FORCE_SCRIPT_NAME}/"))
