from unittest import mock

from django.test import SimpleTestCase


class FrameTests(SimpleTestCase):
    @mock.patch("pathlib.Path.open", mock.mock_open(read_data=b"%PDF"))
    def test_only_the_preview_may_be_framed(self):
        self.assertEqual(self.client.get("/manual.pdf")["X-Frame-Options"], "SAMEORIGIN")
        self.assertEqual(self.client.get("/admin/login/")["X-Frame-Options"], "DENY")
