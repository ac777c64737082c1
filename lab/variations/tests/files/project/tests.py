"""The page's stylesheet and an upload, asked for in three kinds of tests."""

import urllib.error
import urllib.request

from django.conf import settings
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import LiveServerTestCase, SimpleTestCase


def status(url):
    try:
        return urllib.request.urlopen(url).status
    except urllib.error.HTTPError as error:
        return error.code


STATIC, MEDIA = "/static/app.css", "/media/note.txt"


class UploadedNote:
    databases = set()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        settings.MEDIA_ROOT.mkdir(exist_ok=True)
        (settings.MEDIA_ROOT / "note.txt").write_text("uploaded")


class Live(UploadedNote, LiveServerTestCase):
    def test(self):
        print("LiveServerTestCase", status(self.live_server_url + STATIC), status(self.live_server_url + MEDIA))


class StaticLive(UploadedNote, StaticLiveServerTestCase):
    def test(self):
        print("StaticLiveServerTestCase", status(self.live_server_url + STATIC), status(self.live_server_url + MEDIA))


class Client(UploadedNote, SimpleTestCase):
    def test(self):
        print("self.client", self.client.get(STATIC).status_code, self.client.get(MEDIA).status_code)
