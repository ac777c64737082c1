"""Media on an origin of its own: the real sidebyside with --media-origin, in every mode."""

import re

import pytest

from mysite.machine.needs import NGINX
from tests.gallery.images import camera_jpeg
from tests.left_out import without
from tests.sites import Site, side_by_side
from tests.test_attacks import ask

pytestmark = pytest.mark.browser  # for the servers; one of the tests opens a page in a browser too


@pytest.fixture(scope="module")
def sites(tmp_path_factory, static_root):
    with side_by_side(tmp_path_factory.mktemp("origin"), static_root, options=["--media-origin"]) as sites:
        sites.wait()
        (sites.development.media_root / "photos").mkdir(parents=True, exist_ok=True)
        (sites.development.media_root / "photos" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        yield sites


@pytest.fixture(params=["development", "production", "nginx"])
def site(request, sites):
    found = getattr(sites, request.param)
    return found or without(NGINX)


@pytest.fixture
def origin(sites):
    return Site(sites.development.port + 3, sites.development.media_root, sites.development.static_root)


def test_pages_let_pictures_in_from_there_and_nowhere_else(site, origin):
    policy = ask(site, "/gallery/").headers["content-security-policy"]
    images = re.search(r"img-src ([^;]+)", policy)
    assert images
    assert images[1].split() == ["'self'", "blob:", "data:", f"http://localhost:{origin.port}"]


def test_the_site_itself_serves_no_media_any_more(site):
    assert ask(site, "/media/photos/a.png").status == 404


def test_the_origin_serves_media_with_its_headers_and_nothing_else(origin):
    answer = ask(origin, "/media/photos/a.png")
    assert answer.status == 200
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    for path in ("/", "/gallery/", "/admin/", "/static/app.css", "/media/", "/media/photos/", "/media/../db.sqlite3"):
        assert ask(origin, path).status == 404, path
    assert ask(origin, "/media/photos/a.png", "PUT").status == 405


def test_a_photo_is_seen_in_every_mode_and_its_page_says_where_it_comes_from(browser, site, origin):
    page = browser.new_page()
    page.goto(site.url + "/gallery/upload/")
    page.locator("[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": camera_jpeg(1)})
    page.get_by_role("button", name="Upload").click()
    image = page.locator(".photo img")
    image.wait_for()
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") > 0
    assert image.get_attribute("src").startswith(f"http://localhost:{origin.port}/media/")
    assert "another origin than this page" in page.locator("main").inner_text()
    page.close()
