from django.test import SimpleTestCase


class ServiceWorkerTests(SimpleTestCase):
    def test_the_worker_is_at_the_root(self):
        answer = self.client.get("/sw.js")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer["Content-Type"].startswith("text/javascript"))
