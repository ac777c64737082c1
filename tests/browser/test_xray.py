"""The x-ray of a page says what a browser's own network log says."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from tests.left_out import skip_without
from which_file.xray import pick
from which_file.xray.report import xray

pytestmark = pytest.mark.browser

KINDS = {"css": "text/css", "js": "text/javascript"}
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
PATHS = ["/", "/gallery/", "/symptoms/missing-manifest-entry/"]


# One line for each rule by which a browser takes one of several pictures, or leaves a file alone.
CHOICES = """<!doctype html><base href="/b/"><link rel="alternate stylesheet" href=alternate.css>
<link rel=stylesheet media=print href=print.css><link rel=stylesheet disabled href=disabled.css>
<link rel=preload href=without-as.css><link rel=preload as=image media="(max-width: 500px)" href=narrow.png>
<script type=text/template src=template.js></script><script nomodule src=old.js></script>
<script type=importmap>{"imports": {"lib": "/b/lib.js"}}</script><script type=module>import "lib"</script>
<img src=one.png srcset="two.png 2x"><img src=w.png srcset="w400.png 400w, w800.png 800w, w1600.png 1600w">
<img src=s.png srcset="s400.png 400w, s800.png 800w" sizes="(max-width: 600px) 100vw, 400px">
<img srcset="c300.png 300w, c700.png 700w" sizes="(min-width: 60em) calc(50vw - 2rem), 100vw" src=c.png>
<img src=dense.png srcset="dense15.png 1.5x, dense2.png 2x"><img src=small.png srcset="half.png 0.5x">
<picture><source srcset=a.webp type=image/webp><img src=a.png></picture>
<picture><source srcset=h.heic type=image/heic><img src=h.png></picture>
<picture><source media="(max-width: 700px)" srcset=phone.png>
<source media="(width > 700px) and (orientation: landscape)" srcset=wide.png><img src=pic.png></picture>
<picture><source media="(prefers-color-scheme: dark)" srcset=dark.png>
<source media="not print" srcset=light.png><img></picture>
<noscript><img src=noscript.png></noscript><p style="background: url('a name.png')">x</p><iframe src="/frame?"></iframe>
<img src="moved.png"><img srcset="data:image/gif;base64,R0lGODlhAQABAAAAACw= 1x, e2.png 2x">"""


@pytest.fixture(scope="module")
def choices():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = urlsplit(self.path).path
            page = {"/": CHOICES, "/frame": "<link rel=stylesheet href=/framed.css>"}.get(path)
            kind = "text/html" if page else KINDS.get(path.rpartition(".")[2], "image/svg+xml")
            moved = path.endswith("moved.png")
            body = b"" if moved else (page or f"/* {path} */" if "image" not in kind else DRAWING).encode()
            self.send_response(302 if moved else 200)
            for name, value in {"Content-Type": kind, "Content-Length": len(body)}.items():
                self.send_header(name, str(value))
            if moved:
                self.send_header("Location", "/b/target.png")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def seen_by_browser(browser, url):
    """The status and the bytes on the wire of every file that the browser loads for a page and its frames."""
    page = browser.new_page(viewport={"width": pick.WIDTH, "height": pick.HEIGHT})
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(url, wait_until="networkidle")
    seen = {one.url: (one.response().status, one.sizes()["responseBodySize"]) for one in finished}
    page.close()
    return {address: what for address, what in seen.items() if address != url}


def differences(report, seen):
    """What one of them has and the other has not, or otherwise; a file that loads on a condition may be missing."""
    rows = {row.url: (row.status, row.wire) for row in report.rows}
    at_once = {row.url for row in report.rows if not row.when}
    return {url: (rows.get(url), seen.get(url)) for url in {*at_once, *seen} if rows.get(url) != seen.get(url)}


@pytest.mark.parametrize("mode", ["development", "production", "nginx"])
def test_an_xray_has_the_files_the_statuses_and_the_sizes_of_a_browsers_network_log(browser, sites, mode):
    site = getattr(sites, mode)
    if site is None:
        skip_without("nginx")
    for path in PATHS:
        assert differences(xray(site.url + path), seen_by_browser(browser, site.url + path)) == {}, path


def test_an_xray_takes_the_pictures_that_the_browser_takes(browser, choices):
    report = xray(choices)
    assert differences(report, seen_by_browser(browser, choices)) == {}
    taken = {"/b/w1600.png", "/b/s400.png", "/b/wide.png", "/b/light.png", "/b/target.png", "/b/lib.js", "/framed.css"}
    assert taken < {row.path for row in report.rows}


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
