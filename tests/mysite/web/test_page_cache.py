"""Pages that are kept: the same for everybody, except where the header differs."""

import gzip
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from mysite.web.page_cache import kept, kept_for


class Page:
    """A view that counts how often it was rendered."""

    def __init__(self, keep=kept, takes=0):
        self.rendered = 0
        self.takes = takes
        self.view = keep(self._view)

    def _view(self, request, status=200):
        self.rendered += 1
        time.sleep(self.takes)
        return HttpResponse(f"page {self.rendered}", status=status)

    def get(self, path="/guide/x/", message="", **headers):
        request = RequestFactory().get(path, **headers)
        request._messages = CookieStorage(request)
        if message:
            request._messages.add(20, message)
        return self.view(request)


@pytest.fixture
def page():
    return Page()


def test_a_page_is_rendered_once(page):
    assert [page.get().content for _ in range(3)] == [b"page 1"] * 3
    assert page.rendered == 1


def test_each_answer_is_a_response_of_its_own(page):
    page.get()["X-Seen"] = "by the first visitor"
    assert "X-Seen" not in page.get()


def test_another_path_or_host_is_another_page(page, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    page.get(headers={"host": "one.example:8000"})
    page.get(headers={"host": "one.example:8001"})
    assert page.rendered == 1
    page.get(headers={"host": "two.example"})
    page.get("/guide/y/", headers={"host": "one.example"})
    assert page.rendered == 3


def test_a_browser_that_accepts_gzip_gets_the_same_page_compressed(page):
    page.get()
    answer = page.get(headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.content) == b"page 1"


def test_with_debug_on_nothing_is_kept(page, settings):
    settings.DEBUG = True
    assert [page.get().content for _ in range(2)] == [b"page 1", b"page 2"]


def test_a_page_with_a_message_or_a_query_string_is_not_kept(page):
    page.get(message="Saved.")
    page.get("/guide/x/?a=1")
    page.get()
    assert page.rendered == 3


def test_an_error_is_not_kept():
    view = kept(lambda request: HttpResponse("no", status=404))
    request = RequestFactory().get("/guide/x/")
    request._messages = CookieStorage(request)
    assert len(get_messages(request)) == 0
    assert view(request).status_code == 404
    assert "Content-Encoding" not in view(request)


def test_a_page_that_may_change_is_kept_for_a_while():
    page = Page(kept_for(seconds=0.05))
    assert [page.get().content for _ in range(2)] == [b"page 1"] * 2
    time.sleep(0.06)
    assert page.get().content == b"page 2"


def test_visitors_who_come_at_once_wait_for_one_rendering():
    page = Page(takes=0.05)
    with ThreadPoolExecutor(8) as visitors:
        answers = list(visitors.map(lambda _: page.get().content, range(8)))
    assert answers == [b"page 1"] * 8
