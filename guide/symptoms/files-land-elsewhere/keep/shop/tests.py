from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase


class FoldersTest(SimpleTestCase):
    def test_the_folders_are_absolute_and_inside_the_project(self):
        for folder in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
            self.assertTrue(Path(folder).is_relative_to(settings.BASE_DIR), folder)
