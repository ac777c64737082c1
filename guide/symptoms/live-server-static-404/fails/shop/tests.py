from urllib.request import urlopen

from django.test import LiveServerTestCase


class PageTest(LiveServerTestCase):
    def test_stylesheet(self):
        with urlopen(self.live_server_url + "/static/shop/shop.css") as answer:
            self.assertEqual(answer.status, 200)
