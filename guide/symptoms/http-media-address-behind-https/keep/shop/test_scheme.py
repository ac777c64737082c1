from django.test import SimpleTestCase


class SchemeTests(SimpleTestCase):
    def test_addresses_are_https_behind_the_proxy(self):
        answer = self.client.get("/", headers={"x-forwarded-proto": "https"}).json()
        self.assertTrue(answer["picture"].startswith("https://"), answer)
