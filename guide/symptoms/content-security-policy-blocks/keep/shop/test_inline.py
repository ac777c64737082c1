import re

from django.test import SimpleTestCase


class InlineTests(SimpleTestCase):
    def test_pages_have_no_inline_code(self):
        page = self.client.get("/").content.decode()
        self.assertEqual(re.findall(r"<script>|<style|\s(?:style|on\w+)=", page), [])
