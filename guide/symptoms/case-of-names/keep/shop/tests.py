from django.contrib.staticfiles import finders
from django.test import SimpleTestCase


class LowerCaseNamesTest(SimpleTestCase):
    def test_every_static_file_has_a_lower_case_name(self):
        for finder in finders.get_finders():
            for path, storage in finder.list(["admin"]):
                self.assertEqual(path, path.lower())
