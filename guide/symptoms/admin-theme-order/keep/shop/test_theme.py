from django.contrib.staticfiles.finders import find
from django.template.loader import get_template
from django.test import SimpleTestCase


class ThemeTests(SimpleTestCase):
    def test_the_admin_uses_the_themes_template(self):
        self.assertIn("theme", get_template("admin/base_site.html").origin.name)

    def test_the_admin_uses_the_themes_stylesheet(self):
        self.assertIn("theme", find("admin/css/base.css"))
