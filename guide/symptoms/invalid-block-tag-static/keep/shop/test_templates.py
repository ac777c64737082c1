from pathlib import Path

from django.template.loader import get_template
from django.test import SimpleTestCase

TEMPLATES = Path(__file__).parent / "templates"


class TemplateTests(SimpleTestCase):
    def test_every_template_can_be_read(self):
        for path in TEMPLATES.rglob("*.html"):
            with self.subTest(path.name):
                get_template(path.relative_to(TEMPLATES).as_posix())
