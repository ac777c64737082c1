"""Every page as a visitor meets it, in both modes: accessible, narrow, quiet, and readable without scripts."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.gallery.images import camera_jpeg

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/finders/?path=app.css",
    "/finders/?path=../x",
    "/settings/",
    "/settings/?q=whitenoise",
    "/settings/STORAGES/",
    "/settings/MIDDLEWARE/",
    "/settings/S3-bucket_name/",
    "/settings/S3Storage/",
    "/own-project/",
    "/checks/",
    "/checks/W072/",
    "/xray/?path=/gallery/",
    "/search/",
    "/search/?q=Missing+staticfiles+manifest+entry+for+%27app.css%27",
    "/search/?q=zxqj",
    "/search/?q=GET+/static/app.css+404",
    "/which/",
    "/which/permission-denied/",
    "/app1/",
    "/app2/",
    "/gallery/",
    "/gallery/upload/",
    "/guide/",
    "/guide/collectstatic/",
    "/guide/caches/",
    "/guide/hostile-uploads/",
    "/guide/cheat-sheet/",
    "/benchmarks/",
    "/lab/attacks/",
    "/lab/attacks/all/",
    "/lab/attacks/picture-and-script/",
    "/lab/attacks/name-turned-round/",
    "/symptoms/",
    "/symptoms/file-named-in-css-missing/",
    "/symptoms/private-files-public/",
    "/workshop/",
    "/workshop/01-whose-app-css/",
    "/workshop/01-whose-app-css/solution/",
]
NOT_FOUND = "/nowhere/"  # with DEBUG on that is Django's own technical page


@pytest.fixture(params=["development", "production"])
def site(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def photo(browser, development):
    """The path of a photo's page; both modes have it, because they share the database."""
    page = browser.new_page()
    page.goto(development.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": camera_jpeg(6)})
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url(re.compile(r"/gallery/\d+/$"))
    path = page.url.removeprefix(development.url)
    page.close()
    return path


@pytest.fixture
def pages(site, development, photo):
    """The addresses of every page of our own."""
    return [site.url + path for path in (*PAGES, photo, *([NOT_FOUND] if site is not development else []))]


@dataclass
class Visit:
    """What was seen of one page: opened once on a phone, then made wider and darker."""

    url: str
    console: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    overflows: dict[int, bool] = field(default_factory=dict)  # by the width of the window
    violations: dict[str, str] = field(default_factory=dict)  # by colour scheme; a report, or nothing

    @property
    def is_missing(self) -> bool:
        """A browser always reports the status of those two in its console."""
        return NOT_FOUND in self.url or ".." in self.url


WIDTHS = (360, 1920)
SCHEMES = ("light", "dark")


def walk(browser, urls, *, first=None, axe=None, widths=WIDTHS):
    """Visit each page in turn; `first` is opened before them, for its cookie."""
    context = browser.new_context()
    page = context.new_page()
    if first:
        page.goto(first)
    visits = []
    page.on("console", lambda message: visits and visits[-1].console.append(message.text))
    page.on("pageerror", lambda error: visits and visits[-1].console.append(str(error)))
    page.on("request", lambda request: visits and visits[-1].asked.append(request.url))
    for url in urls:
        visits.append(visit := Visit(url))
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        page.goto(url)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            visit.overflows[width] = page.evaluate("document.documentElement.scrollWidth") > width
        for scheme in SCHEMES if axe else ():
            page.emulate_media(color_scheme=scheme)
            visit.violations[scheme] = axe.violations(page)
    context.close()
    return visits


@pytest.fixture(scope="module")
def walks():
    """Each walk is made once for all tests that ask about it."""
    return {}


@pytest.fixture
def visits(walks, site, pages, browser, axe):
    if site.url not in walks:
        walks[site.url] = walk(browser, pages, axe=axe)
    return walks[site.url]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_violation_on_any_page(visits, scheme):
    assert "\n".join(f"{visit.url}\n{visit.violations[scheme]}" for visit in visits if visit.violations[scheme]) == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(visits, width):
    assert [visit.url for visit in visits if visit.overflows[width]] == []


def test_nor_does_one_in_large_type(site, pages, browser):
    visits = walk(browser, pages, first=site.url + "/guide/?projector=on")
    assert [(visit.url, width) for visit in visits for width in WIDTHS if visit.overflows[width]] == []


def test_no_page_says_anything_in_the_console(visits):
    assert [(visit.url, visit.console) for visit in visits if visit.console and not visit.is_missing] == []


def test_nor_does_one_behind_nginx(photo, browser, nginx):
    visits = walk(browser, [nginx.url + path for path in (*PAGES, photo)], widths=())
    assert [(visit.url, visit.console) for visit in visits if visit.console and not visit.is_missing] == []


def test_no_page_asks_another_host_for_anything(site, visits):
    ours = (site.url, "data:", "blob:")
    assert all(visit.asked for visit in visits)
    assert [(visit.url, url) for visit in visits for url in visit.asked if not url.startswith(ours)] == []


def test_every_page_can_be_read_without_scripts(site, pages, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for url in pages:
        page.goto(url)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("main")).to_be_visible()
    page.goto(site.url + "/finders/")
    page.get_by_label("Static path").fill("app2/app.css")
    page.get_by_role("button", name="Race").click()
    expect(page.locator("h2").first).to_have_text("app2/static/app2/app.css wins")
    context.close()


def test_the_first_tab_stop_skips_to_the_content(site, page):
    page.goto(site.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_large_type_is_a_link_away_and_holds_on_every_page_in_every_mode(browser, development, production):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def size():
        return float(page.locator("main p").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))

    page.goto(development.url + "/finders/?path=app.css")
    usual = size()
    page.get_by_role("link", name="large type for a projector").click()
    expect(page).to_have_url(development.url + "/finders/?path=app.css")
    assert size() >= 1.3 * usual
    page.goto(production.url + "/guide/finders/")
    expect(page.locator("html[data-projector]")).to_have_count(1)
    page.get_by_role("link", name="usual type").press("Enter")
    expect(page.locator("html[data-projector]")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1366, 1920])
def test_the_header_is_one_row(site, page, width):
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(site.url + "/guide/finders/")
    header = page.locator("header.masthead")
    assert header.bounding_box()["height"] == 52
    for item in header.locator(".header > *:visible").all():
        box = item.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 52


def test_on_a_phone_a_menu_without_scripts_has_the_sections_and_the_search(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site.url + "/guide/finders/")
    expect(page.get_by_role("link", name="Workshop")).to_have_count(1)  # in the footer; the menu is closed
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link", name="Workshop")).to_be_visible()
    expect(page.get_by_role("search").get_by_label("Search")).to_be_visible()
    context.close()


def test_a_slash_goes_to_the_search_and_can_be_typed_there(site, page):
    page.goto(site.url + "/guide/")
    page.keyboard.press("/")
    box = page.get_by_role("search").get_by_label("Search")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.press("/")
    expect(box).to_have_value("/")


@pytest.mark.parametrize("path", ["/guide/finders/", "/symptoms/missing-manifest-entry/", "/settings/STATIC_ROOT/"])
def test_brackets_lead_to_the_page_after_and_back_but_not_while_typing(site, page, path):
    page.goto(site.url + path)
    after = page.locator("main a[rel=next]").get_attribute("href")
    page.keyboard.press("]")
    expect(page).to_have_url(site.url + after)
    page.keyboard.press("[")
    expect(page).to_have_url(site.url + path)
    page.keyboard.press("/")
    page.keyboard.press("]")
    expect(page).to_have_url(site.url + path)


def test_the_playground_has_a_second_skip_link_to_its_result(site, page):
    page.goto(site.url + "/lab/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the result")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_be_focused()


def test_with_large_type_the_room_may_guess_before_the_swatch_tells(site, page):
    page.goto(site.url + "/guide/?projector=on")
    swatch = page.locator("header .swatch")
    word = "node => getComputedStyle(node, '::after').content"
    assert swatch.evaluate(word) == '"?"'
    swatch.hover()
    assert swatch.evaluate(word) == '"app1"'


def test_the_swatch_is_painted_by_the_stylesheet_that_won(site, page):
    page.goto(site.url)
    swatch = page.locator("header .swatch")
    assert swatch.evaluate("node => getComputedStyle(node, '::after').content") == '"app1"'
    expect(swatch).to_have_css("background-color", "rgb(163, 25, 91)")


def test_the_header_leads_to_the_same_page_in_the_other_mode(page, development, production):
    page.goto(development.url + "/finders/?path=app2/app.css")
    expect(page.locator(".mode")).to_have_text("dev, where you are: development · runserver")
    expect(page).to_have_title(re.compile("^dev · "))
    page.get_by_role("link", name="this page in production").click()
    expect(page).to_have_url(production.url + "/finders/?path=app2/app.css")
    expect(page.locator(".mode")).to_have_text("prod, where you are: production · WhiteNoise")
    expect(page).to_have_title(re.compile("^prod · "))
    page.get_by_role("link", name="this page in development").click()
    expect(page).to_have_url(development.url + "/finders/?path=app2/app.css")


def test_behind_nginx_the_same_page_says_so_and_leads_to_both_others(page, development, production, nginx):
    page.goto(production.url + "/app2/")
    page.get_by_role("link", name="this page behind nginx").click()
    expect(page).to_have_url(nginx.url + "/app2/")
    expect(page.locator(".mode")).to_have_text("nginx, where you are: production · nginx")
    expect(page).to_have_title(re.compile("^nginx · "))
    for name, other in (("in development", development), ("in production", production)):
        link = page.get_by_role("link", name=f"this page {name}")
        assert link.get_attribute("href") == other.url + "/app2/"


def test_the_first_page_is_light_on_the_wire(page, production):
    sizes = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(sum(request.sizes()[k] for k in ("responseBodySize", "responseHeadersSize"))),
    )
    page.goto(production.url, wait_until="networkidle")
    assert len(sizes) <= 15
    assert sum(sizes) <= 100_000
