from django.test import SimpleTestCase


class MissingFileTests(SimpleTestCase):
    def test_a_missing_file_is_a_404(self):
        for address in ("/static/gone.js", "/media/gone.jpg"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_pages_of_the_application_are_served(self):
        self.assertEqual(self.client.get("/orders/3").status_code, 200)
