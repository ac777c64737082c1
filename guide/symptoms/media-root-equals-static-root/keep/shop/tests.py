from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase


class FolderTests(SimpleTestCase):
    def test_neither_folder_contains_the_other(self):
        static, media = Path(settings.STATIC_ROOT), Path(settings.MEDIA_ROOT)
        self.assertFalse(static.is_relative_to(media))
        self.assertFalse(media.is_relative_to(static))
