from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import SimpleTestCase


class CollectedFilesTest(SimpleTestCase):
    def test_every_copy_has_a_source(self):
        root = Path(settings.STATIC_ROOT)
        for copy in root.rglob("*"):
            if copy.is_file():
                self.assertIsNotNone(finders.find(copy.relative_to(root).as_posix()), copy)
