from django.test import SimpleTestCase


class HomeTests(SimpleTestCase):
    def test_the_page_finds_its_stylesheet(self):
        self.assertEqual(self.client.get("/").status_code, 200)
