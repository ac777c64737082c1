from django.test import SimpleTestCase


class LoginPageTests(SimpleTestCase):
    def test_the_stylesheet_needs_no_login(self):
        self.assertEqual(self.client.get("/static/shop/shop.css").status_code, 200)
