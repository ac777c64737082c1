"""The x-ray of a page says what a browser's own network log says."""

from urllib.parse import urlsplit

import pytest

from tests.left_out import skip_without
from which_file.xray.report import xray

pytestmark = pytest.mark.browser

PATHS = ["/", "/gallery/", "/symptoms/missing-manifest-entry/"]


def seen_by_browser(browser, url):
    """The status and the bytes on the wire of every file that the browser loads for a page; a frame is another page."""
    page = browser.new_page()
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(url, wait_until="networkidle")
    own = [one for one in finished if one.frame == page.main_frame]
    seen = {one.url: (one.response().status, one.sizes()["responseBodySize"]) for one in own}
    page.close()
    return {address: what for address, what in seen.items() if address != url and not chosen(address)}


def chosen(address):
    """Whether a file is one of the forms of a photo, of which a browser chooses by format and screen."""
    return "/renditions/" in address


@pytest.mark.parametrize("mode", ["development", "production", "nginx"])
def test_an_xray_has_the_files_the_statuses_and_the_sizes_of_a_browsers_network_log(browser, sites, mode):
    site = getattr(sites, mode)
    if site is None:
        skip_without("nginx")
    for path in PATHS:
        report = xray(site.url + path)
        named = [row for row in report.rows if row.kind != "icon" and not chosen(row.url)]  # headless: no tab
        rows = {row.url: (row.status, row.wire) for row in named}
        assert rows == seen_by_browser(browser, site.url + path), path


def test_the_page_of_an_xray_shows_every_mode_that_runs_and_asks_this_site_alone(browser, production):
    page = browser.new_page()
    page.goto(production.url + "/xray/?path=/gallery/")
    names = page.locator("table.xray tbody th .sheet").all_inner_texts()
    assert any(name.startswith("/static/gallery/gallery.") for name in names)
    assert "prod, here" in page.locator("table.xray thead").inner_text()
    assert page.locator("table.xray tbody tr").first.locator("td").nth(1).inner_text().startswith("✓ 200 WhiteNoise")
    assert {
        urlsplit(url).netloc for url in page.locator("table.xray a").evaluate_all("all => all.map(a => a.href)")
    } <= {urlsplit(production.url).netloc}
    page.close()
