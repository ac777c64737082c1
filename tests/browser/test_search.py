"""The search boxes with real servers: what is pasted arrives whole, however long it is and whoever takes it."""

import urllib.parse

import pytest
from playwright.sync_api import expect

from guide.cases.case import cases

pytestmark = pytest.mark.browser

MESSAGE = "ValueError: Missing staticfiles manifest entry for 'shop/basket.css'"
FRAME = '  File "/srv/app/venv/lib/python3.12/site-packages/django/core/handlers/base.py", line {}, in _get_response\n'
TRACEBACK = "Traceback (most recent call last):\n" + "".join(FRAME.format(n) for n in range(100)) + MESSAGE
FOUND = cases()["missing-manifest-entry"].title


@pytest.fixture(params=["development", "production", "nginx"])
def site(request):
    return request.getfixturevalue(request.param)


def test_a_long_traceback_pasted_into_the_header_is_posted_and_its_last_line_found(page, site):
    page.goto(site.url + "/guide/")
    page.get_by_role("search").get_by_label("Search").fill(TRACEBACK)
    page.get_by_role("search").get_by_role("button").click()
    expect(page.locator(".results a").first).to_have_text(FOUND)
    assert page.url == site.url + "/search/"
    box = page.get_by_label("Message, setting or question")
    assert box.input_value() == TRACEBACK
    assert page.locator(".results").bounding_box()["y"] < 720


def test_enter_sends_a_short_question_in_the_address(page, site):
    page.goto(site.url + "/guide/")
    page.get_by_role("search").get_by_label("Search").fill(MESSAGE)
    page.keyboard.press("Enter")
    expect(page.locator(".results a").first).to_have_text(FOUND)
    assert urllib.parse.urlsplit(page.url).query == urllib.parse.urlencode({"q": MESSAGE})


def test_without_scripts_the_button_posts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "/guide/")
    page.get_by_role("search").get_by_label("Search").fill(TRACEBACK)
    page.get_by_role("search").get_by_role("button").click()
    expect(page.locator(".results a").first).to_have_text(FOUND)
    context.close()


@pytest.mark.parametrize("path", ["/search/", "/search.json"])
def test_every_server_takes_an_address_as_long_as_the_script_makes_one_and_a_post_of_megabytes(page, site, path):
    query = urllib.parse.urlencode({"q": "x" * 1900 + " " + MESSAGE})
    assert page.request.get(f"{site.url}{path}?{query}").ok
    log = "[warn] GET /static/a.css\n" * 80_000 + MESSAGE
    for body in ({"multipart": {"q": log}}, {"form": {"q": log[-1_000_000:]}}):
        answer = page.request.post(site.url + path, **body)
        assert answer.ok
        assert "missing-manifest-entry" in answer.text()
