from django.core.files.storage import storages
from django.test import SimpleTestCase


class ModeTests(SimpleTestCase):
    def test_the_owner_may_enter_new_folders(self):
        for name in ("default", "staticfiles"):
            mode = storages[name].directory_permissions_mode
            self.assertTrue(mode is None or mode & 0o700 == 0o700, f"{name}: {mode}")
