from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from urllib.request import urlopen


class StylesheetTest(StaticLiveServerTestCase):
    def test_every_stylesheet_of_the_page_is_css(self):
        page = self.client.get("/").content.decode()
        for piece in page.split('rel="stylesheet" href="')[1:]:
            with urlopen(self.live_server_url + piece.split('"')[0]) as answer:
                self.assertEqual(answer.headers.get_content_type(), "text/css")
