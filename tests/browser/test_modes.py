"""The same page in both modes, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.sites import Site

pytestmark = pytest.mark.browser


def test_production_gives_hashed_names_to_the_same_page_that_development_serves_plainly(
    page: Page, development: Site, production: Site
) -> None:
    stylesheet = page.locator("link[rel=stylesheet]").first
    page.goto(f"{development.url}/app1/")
    plain = stylesheet.get_attribute("href") or ""
    page.goto(f"{production.url}/app1/")
    hashed = stylesheet.get_attribute("href") or ""
    name, ending = plain.rsplit(".", 1)
    assert hashed.startswith(f"{name}.")
    assert hashed.endswith(f".{ending}")
    assert len(hashed) == len(plain) + len(".0123456789ab")
    expect(page.locator("body")).to_be_visible()


@pytest.mark.parametrize("mode", ["production", "nginx"])
def test_a_name_with_a_hash_may_be_kept_for_ever(page: Page, request: pytest.FixtureRequest, mode: str) -> None:
    with page.expect_response(lambda response: response.request.resource_type == "stylesheet") as stylesheet:
        page.goto(request.getfixturevalue(mode).url)
    assert stylesheet.value.headers["cache-control"] == "max-age=315360000, public, immutable"


def test_the_typeface_is_fetched_once_by_its_hashed_name_and_moves_nothing_when_it_comes(
    page: Page, production: Site
) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.shift += entry.value }).observe({type: 'layout-shift', buffered: true})"
    )
    fonts = []
    page.on("response", lambda response: fonts.append(response) if response.request.resource_type == "font" else None)
    page.goto(f"{production.url}/guide/finders/", wait_until="networkidle")
    preloaded = page.locator("link[rel=preload][as=font]").get_attribute("href") or ""
    assert [response.url for response in fonts] == [production.url + preloaded]
    assert "immutable" in fonts[0].headers["cache-control"]
    assert page.evaluate("document.fonts.check('650 16px Literata')")
    assert page.evaluate("window.shift") < 0.001
