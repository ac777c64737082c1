from django.test import Client, SimpleTestCase


class OriginTests(SimpleTestCase):
    def test_a_form_sent_over_https_is_accepted_behind_the_proxy(self):
        client = Client(enforce_csrf_checks=True)
        proxied = {"Host": "example.com", "X-Forwarded-Proto": "https", "Origin": "https://example.com"}
        client.get("/contact/", headers=proxied)
        form = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
        answer = client.post("/contact/", form, headers=proxied)
        self.assertEqual(answer.status_code, 302)
