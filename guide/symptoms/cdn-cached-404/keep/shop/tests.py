from django.test import SimpleTestCase


class ErrorTests(SimpleTestCase):
    def test_no_cache_may_keep_a_missing_file(self):
        answer = self.client.get("/static/shop/gone.0123456789ab.css")
        self.assertEqual(answer.status_code, 404)
        self.assertIn("no-store", answer.headers.get("Cache-Control", ""))
