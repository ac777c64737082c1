from urllib.request import urlopen

from django.contrib.staticfiles.testing import StaticLiveServerTestCase


class PageTest(StaticLiveServerTestCase):
    def test_stylesheet(self):
        with urlopen(self.live_server_url + "/static/shop/shop.css") as answer:
            self.assertEqual(answer.status, 200)
