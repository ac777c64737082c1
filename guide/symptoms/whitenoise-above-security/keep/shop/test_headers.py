from django.test import SimpleTestCase


class HeaderTests(SimpleTestCase):
    def test_a_stylesheet_has_the_security_headers(self):
        headers = self.client.get("/static/shop/shop.css", headers={"X-Forwarded-Proto": "https"}).headers
        self.assertEqual(headers.get("X-Content-Type-Options"), "nosniff")
        self.assertIn("Strict-Transport-Security", headers)
