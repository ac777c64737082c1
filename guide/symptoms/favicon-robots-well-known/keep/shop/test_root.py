from django.test import SimpleTestCase


class RootTests(SimpleTestCase):
    def test_files_at_the_root_are_answered(self):
        for address in ("/favicon.ico", "/robots.txt", "/.well-known/security.txt"):
            with self.subTest(address):
                self.assertIn(self.client.get(address).status_code, (200, 302))
