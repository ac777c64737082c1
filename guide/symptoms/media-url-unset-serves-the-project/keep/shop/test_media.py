from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase
from django.urls import Resolver404, resolve
from django.views.static import serve


class MediaRouteTests(SimpleTestCase):
    def test_the_route_takes_media_addresses(self):
        self.assertEqual(resolve("/media/cat.jpg").func, serve)

    def test_the_route_takes_nothing_else(self):
        with self.assertRaises(Resolver404):
            resolve("/manage.py")

    def test_media_root_is_a_folder_of_its_own(self):
        folder = Path(settings.MEDIA_ROOT).resolve()
        self.assertNotIn(folder, [settings.BASE_DIR, *settings.BASE_DIR.parents])
