import tempfile

from django.core.management import call_command
from django.test import TestCase, override_settings


class CollectedFilesTest(TestCase):
    def test_pages_name_collected_files(self):
        with tempfile.TemporaryDirectory() as root, override_settings(STATIC_ROOT=root):
            call_command("collectstatic", interactive=False, verbosity=0)
            for path in ["/"]:  # your pages
                with self.subTest(path):
                    self.assertEqual(self.client.get(path, secure=True).status_code, 200)
