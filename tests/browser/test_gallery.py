"""Photos through a real browser into a real server, with scripts and without."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.gallery.images import CORNER, HTML, SVG, camera_jpeg, encoded, upright

pytestmark = pytest.mark.browser

SIZE = (640, 400)
HONEST = {
    "upright.jpg": camera_jpeg(1, SIZE),
    "on-its-side.jpg": camera_jpeg(6, SIZE),
    "mirrored.jpg": camera_jpeg(5, SIZE),
    "drawing.png": encoded(upright(SIZE), "PNG"),
    "photo.webp": encoded(upright(SIZE), "WEBP"),
    "old.gif": encoded(upright(SIZE, "P"), "GIF"),
    "new.avif": encoded(upright(SIZE), "AVIF"),
}
REFUSED = {
    "page.png": (HTML, "HTML page"),
    "empty.jpg": (b"", "empty (0 bytes)"),
    "drawing.svg": (SVG, "SVG"),
}


@pytest.fixture(params=["scripts", "no scripts"])
def page(request, browser):
    """A page with and one without JavaScript: the form has to work in both."""
    context = browser.new_context(java_script_enabled=request.param == "scripts")
    yield context.new_page()
    context.close()


def send(page, site, name, content):
    page.goto(site.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": content})
    page.get_by_role("button", name="Upload").click()


def stored(site):
    return sorted(path for path in site.media_root.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_picture_is_seen_upright_after_the_redirect(page, development, name):
    page.emulate_media(reduced_motion="reduce")  # else one page may still fade into the next in the screenshot
    send(page, development, name, HONEST[name])
    expect(page).to_have_url(re.compile(r"/gallery/\d+/$"))
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".photo img")).to_have_js_property("complete", True)
    seen = Image.open(io.BytesIO(page.locator(".photo img").screenshot())).convert("RGB")
    near = seen.getpixel((seen.width // 4, seen.height // 4))
    far = seen.getpixel((seen.width * 3 // 4, seen.height * 3 // 4))
    assert all(abs(a - b) < 30 for a, b in zip(near, CORNER, strict=True))
    assert min(far) > 200
    assert seen.width / seen.height == pytest.approx(SIZE[0] / SIZE[1], rel=0.02)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("mode", ["development", "production"])
def test_a_bad_file_gets_a_plain_message_and_leaves_nothing_behind(page, request, mode, name):
    site = request.getfixturevalue(mode)
    before = stored(site)
    content, says = REFUSED[name]
    send(page, site, name, content)
    expect(page.locator("form.upload")).to_contain_text(says)
    assert stored(site) == before


@pytest.mark.parametrize("mode", ["development", "production"])
def test_a_file_of_100_megabytes_is_refused_with_its_size(page, request, mode, tmp_path):
    site = request.getfixturevalue(mode)
    before = stored(site)
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    page.goto(site.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files(large)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("form.upload")).to_contain_text("100.0")
    expect(page.locator("form.upload")).to_contain_text("10.0")
    assert stored(site) == before


def test_a_deleted_photo_is_gone_with_its_file(page, development):
    before = stored(development)
    send(page, development, "short-lived.png", HONEST["drawing.png"])
    expect(page.locator("h1")).to_have_text("short-lived.png")
    assert len(stored(development)) > len(before) + 1  # the picture and its renditions
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status").first).to_contain_text("Deleted")
    assert stored(development) == before


def test_production_keeps_the_photo_and_says_why_it_cannot_be_seen_there(page, development, production):
    send(page, production, "kept.png", HONEST["drawing.png"])
    expect(page.locator(".alarm")).to_contain_text("nobody serves it here")
    response = page.request.get(production.url + page.locator(".alarm .sheet").get_attribute("href"))
    assert response.status == 404
    page.get_by_role("link", name="See it in development").click()
    expect(page.locator(".photo img")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(development.url)))


def test_behind_nginx_a_photo_is_seen_and_a_second_after_it_was_deleted_it_is_gone(page, nginx):
    send(page, nginx, "behind.png", HONEST["drawing.png"])
    expect(page.locator("h1")).to_have_text("behind.png")
    picture = page.locator(".photo img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    response = page.request.get(nginx.url + picture.get_attribute("src"))
    assert (response.status, response.headers["server"]) == (200, "nginx")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status").first).to_contain_text("Deleted")
    page.wait_for_timeout(1100)  # nginx keeps opened files at hand for a second
    assert page.request.get(response.url).status == 404


def test_without_scripts_a_request_that_nginx_does_not_take_gets_a_page_that_says_what_to_do(browser, nginx, tmp_path):
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(nginx.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files(large)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("h1")).to_have_text("Too much at once")
    expect(page.locator("h1")).to_have_css("font-weight", "650")  # the site's own stylesheet, which nginx serves
    page.get_by_role("link", name="To the upload form").click()
    expect(page.locator("h1")).to_have_text("Upload photos")
    context.close()


def test_without_scripts_what_was_kept_and_what_was_refused_stand_apart(browser, development):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(development.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files(
        [
            {"name": "a.png", "mimeType": "image/png", "buffer": HONEST["drawing.png"]},
            {"name": "b.png", "mimeType": "image/png", "buffer": b"no picture"},
        ]
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".errorlist")).to_contain_text("b.png: This is not a picture")
    kept, refused = (page.locator(name).bounding_box() for name in (".kept", ".drop"))
    assert kept["y"] + kept["height"] + 8 <= refused["y"]
    page.get_by_role("link", name="a.png").click()
    option = page.get_by_text("--media-origin", exact=True)
    assert option.evaluate("element => element.getClientRects().length") == 1, "an option is not broken in two"
    context.close()


def test_a_chosen_file_is_previewed_and_the_sending_is_shown(browser, development):
    page = browser.new_page()
    page.goto(development.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": HONEST["drawing.png"]}
    )
    expect(page.get_by_alt_text("The photo you chose")).to_be_visible()
    expect(page.locator("[data-status]")).to_contain_text("a.png")
    page.close()


def test_a_file_can_be_dropped_onto_the_form(browser, development):
    page = browser.new_page()
    page.goto(development.url + "/gallery/upload/")
    transfer = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['x'], 'dropped.png')); return t }"
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})
    expect(page.locator("[data-status]")).to_contain_text("dropped.png")
    page.close()


def test_an_upload_to_a_server_that_has_gone_says_so_and_keeps_the_file_chosen(browser, development):
    page = browser.new_page()
    page.goto(development.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": HONEST["drawing.png"]}
    )
    page.route("**/gallery/upload/", lambda route: route.abort())
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("[data-status]")).to_contain_text("did not answer")
    assert page.evaluate("document.querySelector('[type=file]').files.length") == 1
    page.close()


def test_of_several_photos_each_gets_its_own_answer_and_only_the_bad_one_is_sent_again(page, development):
    before = len(stored(development))
    page.goto(development.url + "/gallery/upload/")
    chosen = [("one.jpg", HONEST["upright.jpg"]), ("bad.png", HTML), ("two.png", HONEST["drawing.png"])]
    page.get_by_label("Photo:").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in chosen]
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("main")).to_contain_text("HTML page")
    for name in ("one.jpg", "two.png"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    assert len(stored(development)) > before + 2
    kept_chosen = page.evaluate("[...document.querySelector('[type=file]').files].map((file) => file.name)")
    if kept_chosen:  # only a script can choose files
        assert kept_chosen == ["bad.png"]
        expect(page.locator("[data-status]")).to_contain_text("2 of 3 photos are kept")


@pytest.mark.parametrize("mode", ["production", "nginx"])
def test_a_private_photo_is_seen_in_this_browser_and_in_production_too_but_in_no_other(page, browser, request, mode):
    production = request.getfixturevalue(mode)
    page.goto(production.url + "/gallery/upload/")
    page.get_by_label("Photo:").set_input_files(
        {"name": "mine-only.jpg", "mimeType": "image/jpeg", "buffer": HONEST["on-its-side.jpg"]}
    )
    page.get_by_label("Private").check()
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("h1")).to_have_text("mine-only.jpg")
    picture = page.locator(".photo img")
    expect(picture).to_be_visible()
    response = page.request.get(production.url + picture.get_attribute("src"))
    assert response.status == 200
    assert response.headers["content-type"] == "image/jpeg"
    assert response.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in response.headers["cache-control"]
    assert "x-accel-redirect" not in response.headers
    assert Image.open(io.BytesIO(response.body())).size == (SIZE[0], SIZE[1])
    stranger = browser.new_page()
    assert stranger.goto(page.url).status == 404
    assert stranger.request.get(production.url + picture.get_attribute("src")).status == 404
    stranger.close()


def test_the_browser_chooses_a_modern_format_and_the_page_does_not_jump(browser, development):
    page = browser.new_page(viewport={"width": 400, "height": 800})
    send(page, development, "wide.jpg", camera_jpeg(6, (1600, 1000)))
    expect(page.locator("h1")).to_have_text("wide.jpg")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page.reload(wait_until="networkidle")
    chosen = page.locator(".photo img").evaluate("(image) => image.currentSrc")
    assert re.search(r"/media/renditions/[0-9a-f]{32}-640\.avif$", chosen)
    assert page.evaluate("window.shift") == 0
    assert page.locator("svg.place rect").get_attribute("fill").startswith("#")
    page.close()


def test_a_jpeg_called_app_css_leaves_the_stylesheet_as_it_is_and_its_page_shows_both(page, development):
    before = page.request.get(development.url + "/static/app.css").body()
    send(page, development, "app.css", HONEST["upright.jpg"])
    clash = page.get_by_role("region", name="Could it replace a static file?")
    expect(clash.locator(".sheet.static")).to_have_text("app1/static/app.css")
    expect(clash.locator(".sheet.media")).to_contain_text("/photos/")
    assert page.request.get(development.url + "/static/app.css").body() == before
