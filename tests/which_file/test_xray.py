"""The x-ray of a page: what it asks, what it makes of the answers, and where it stops."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guide.cases.case import cases
from which_file.xray import page, pick, verdict
from which_file.xray.ask import Answer, ask
from which_file.xray.page import Named
from which_file.xray.report import MOST_FILES, xray
from which_file.xray.terminal import main

PAGE = """<!doctype html><link rel=stylesheet href="/static/a.css"><link rel=stylesheet href=/static/gone.css>
<script src="/static/a.js"></script><img src="/media/p.png" srcset="/media/p.png, /media/p2.png 2x">
<img src="data:image/png;base64,x"><noscript><img src="/never.png"></noscript><p style="background:url(/static/b.png)">
<img src="http://other.example/x.png"><a href="/elsewhere/">x</a>"""
FILES = {
    "/": ("text/html; charset=utf-8", PAGE, {}),
    "/static/a.css": (
        "text/css",
        "@import 'more.css'; @font-face { src: url(f.woff2), url(f.woff) } /* url(no.png) */",
        {"Cache-Control": "max-age=315360000, public, immutable", "Access-Control-Allow-Origin": "*"},
    ),
    "/static/more.css": ("text/css", "", {"ETag": '"1"'}),
    "/static/f.woff2": ("font/woff2", "x", {}),
    "/static/a.js": ("text/plain", "x", {"X-Content-Type-Options": "nosniff"}),
    "/static/b.png": ("image/png", "x", {"Cache-Control": "no-store"}),
    "/media/p.png": ("text/html", "<title>login</title>", {}),
    "/leads": ("text/html", "<script type=module src=/moved.js></script><iframe src=/in-a-frame></iframe>", {}),
    "/module.js": ("text/javascript", "export * from './part.js'", {}),
    "/in-a-frame": ("text/html", "<link rel=stylesheet href=/static/more.css>", {}),
    "/many": ("text/html", "".join(f"<img src=/{number}.png>" for number in range(200)), {}),
}


@pytest.fixture(scope="module")
def server():
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "WSGIServer/0.2", "CPython"

        def do_GET(self):
            asked.append(self.path)
            if self.path == "/moved.js":
                self.send_response(302)
                self.send_header("Location", "/module.js")
                self.end_headers()
                return
            if self.path not in FILES:
                self.send_error(404)
                return
            type_, text, headers = FILES[self.path]
            self.send_response(200)
            for name, value in {"Content-Type": type_, "Content-Length": str(len(text)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments):
            pass

    asked = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    made.asked = asked
    made.url = f"http://127.0.0.1:{made.server_port}"
    yield made
    made.shutdown()


def test_each_file_of_a_page_and_of_its_stylesheets_is_asked_for_once_and_no_other_host(server):
    report = xray(server.url + "/", may_ask=lambda url: url.startswith(server.url))
    paths = {row.path for row in report.rows}
    assert paths == {
        *("/static/a.css", "/static/gone.css", "/static/a.js", "/media/p.png", "/static/b.png", "/x.png"),
        *("/static/more.css", "/static/f.woff2"),
    }
    assert sorted(server.asked) == sorted({"/", *paths} - {"/x.png"})
    rows = {row.path: row for row in report.rows}
    assert rows["/static/gone.css"].problems == ("404: the browser gets no file.",)
    assert rows["/static/a.js"].problems == ("It arrives as text/plain, and the browser refuses it.",)
    assert rows["/media/p.png"].problems == ("A page arrives in place of the picture.",)
    assert (rows["/static/a.css"].answered_by, rows["/static/gone.css"].answered_by) == ("WhiteNoise", "nobody")
    assert (rows["/x.png"].asked, rows["/x.png"].status) == (False, 0)
    assert report.rows[0].problems
    assert report.verdict == "8 files, 3 problems"
    assert json.loads(json.dumps(report.as_dict()))["verdict"] == report.verdict


def test_a_page_with_very_many_files_is_looked_at_in_part_and_says_so(server):
    report = xray(server.url + "/many")
    assert len(report.rows) == MOST_FILES


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"cache-control": "max-age=60, public"}, "none"),
        ({"cache-control": "no-store"}, "all"),
        ({"cache-control": "no-cache", "etag": "1"}, "asks"),
        ({"cache-control": "max-age=0", "last-modified": "x"}, "asks"),
        ({"last-modified": "x"}, "guess"),
        ({}, "all"),
    ],
)
def test_the_next_visit_is_read_from_the_headers(headers, kind):
    assert verdict.next_visit(Answer("http://x/a.css", 200, headers))[0] == kind


def test_a_server_tells_by_its_headers_who_it_is():
    def who(status=200, **headers):
        return verdict.who(
            Answer("http://x/a", status, {name.replace("_", "-"): v for name, v in headers.items()})
        ).name

    assert who(server="nginx/1.22") == "nginx"
    assert who(server="nginx", cache_control="max-age=60, public", access_control_allow_origin="*") == "nginx"
    assert (
        who(server="nginx", cache_control="max-age=60, public", access_control_allow_origin="*", referrer_policy="x")
        == "WhiteNoise behind nginx"
    )
    assert who(server="WSGIServer/0.2 CPython/3.13", last_modified="x", content_length="1") == "runserver"
    assert who(server="AmazonS3", x_amz_request_id="1") == "S3"
    assert who(404, server="nginx") == "nobody"


def test_mixed_content_a_login_and_a_font_without_cors_are_problems():
    def problems(url, kind="image", status=200, page="https://x/", **headers):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return [one.text for one in verdict.problems(Named(url, kind, "the page"), Answer(url, status, given), page)]

    assert "mixed content" in problems("http://x/a.png")[0]
    assert "login" in problems("https://x/a.css", status=302, location="/login/?next=/a.css")[0]
    assert "font" in problems("https://cdn/a.woff2", kind="font", content_type="font/woff2")[0]
    assert problems("https://x/a.woff2", kind="font", content_type="font/woff2") == []


def test_broken_markup_and_strange_addresses_raise_nothing():
    text = "<link rel=stylesheet href='http://['><style>@import \"\";</style><![x<script src=a.js"
    assert page.of_html(text, "http://x/") == []
    assert ask("ftp://x/").error
    assert ask("http://127.0.0.1:1/").error


def test_in_a_terminal_the_verdict_comes_first_and_the_exit_status_tells(server, capsys):
    assert main([server.url + "/", "--own-host"]) == 1
    assert capsys.readouterr().out.startswith("8 files, 3 problems")
    assert main(["127.0.0.1:1"]) == 2
    assert main([server.url + "/static/more.css", "--format", "json"]) == 0


@pytest.mark.parametrize(
    ("markup", "taken"),
    [
        ("<img src=a.png srcset='b.png 2x'>", ["a.png"]),
        ("<img src=a.png srcset='a400.png 400w, a800.png 800w, a1600.png 1600w'>", ["a1600.png"]),
        ("<img src=a.png srcset='s.png 400w, l.png 800w' sizes='(max-width: 600px) 100vw, 400px'>", ["s.png"]),
        (
            "<img src=a.png srcset='s.png 300w, l.png 700w' sizes='(min-width: 60em) calc(50vw - 2rem), 100vw'>",
            ["l.png"],
        ),
        ("<picture><source srcset=p.avif type=image/avif><img src=p.png></picture>", ["p.avif"]),
        ("<picture><source srcset=p.heic type=image/heic><img src=p.png></picture>", ["p.png"]),
        ("<picture><source media='(max-width: 700px)' srcset=phone.png><img src=p.png></picture>", ["p.png"]),
        (
            "<picture><source media='(width > 700px) and (orientation: landscape)' srcset=wide.png><img src=p.png>",
            ["wide.png"],
        ),
        ("<picture><source media='(prefers-color-scheme: dark)' srcset=dark.png><img src=p.png></picture>", ["p.png"]),
        ("<img src=a.png srcset='data:image/png;base64,aa,bb 2x, c.png 1x'>", ["c.png"]),
        ("<link rel=preload as=image href=a.png imagesrcset='s.png 400w, l.png 1400w' imagesizes=50vw>", ["l.png"]),
    ],
)
def test_of_several_pictures_the_one_is_taken_that_a_browser_with_that_window_takes(markup, taken):
    assert [one.url.removeprefix("http://x/") for one in page.of_html(markup, "http://x/")] == taken


def test_where_only_the_layout_decides_all_are_named_as_one_of_several():
    named = page.of_html("<img srcset='s.png 300w, l.png 700w' sizes=auto src=s.png>", "http://x/")
    assert {one.when for one in named} == {page.ONE_OF}
    assert pick.source_size("50vw") == 683


def test_what_a_browser_does_not_load_with_the_page_says_when():
    text = """<link rel=icon href=i.svg><link rel=manifest href=m.json><link rel=prefetch href=next.css>
    <img src=below.png loading=lazy><video preload=none src=v.mp4></video><iframe src=/frame?></iframe>
    <style>@font-face { src: url("f.woff2") } .a { background: url('data:image/svg+xml,<a href="url(#b)">)') }
    .b { background: url( "b (1).png" ) } @import 'late.css';</style><link rel=preload href=as.js>
    <script type=text/template src=no.js></script><script nomodule src=old.js></script>
    <script type=importmap>{"imports": {"lib": "/lib.js"}}</script><script type=module>import {a} from "lib";
    import("./later.js"); import './now.js'</script><base href=/base/><base href=/no/><img src=c.png>"""
    when = {one.url.removeprefix("http://x/"): one.when for one in page.of_html(text, "http://x/")}
    assert when == {
        "i.svg": page.FOR_THE_TAB,
        "m.json": page.INSTALLED,
        "next.css": page.IDLE,
        "below.png": page.IN_SIGHT,
        "v.mp4": page.PLAYED,
        "frame?": "",
        "lib.js": "",
        "now.js": "",
        "base/c.png": "",
        "base/f.woff2": page.TEXT_USES,
        "base/b%20(1).png": page.STYLE_APPLIES,
        "base/late.css": "",
    }


def test_an_answer_leads_to_the_next_file_as_in_a_browser(server):
    report = xray(server.url + "/leads")
    assert {row.path: (row.status, row.named_by) for row in report.rows} == {
        "/moved.js": (302, "the page"),
        "/module.js": (200, "the redirect of /moved.js"),
        "/part.js": (404, "/module.js"),
        "/in-a-frame": (200, "the page"),
        "/static/more.css": (200, "/in-a-frame"),
    }
    assert [row.path for row in report.bad] == ["/part.js"]


def test_as_markdown_each_problem_names_the_page_with_its_fix(server, capsys):
    main([server.url + "/", "--own-host", "--format", "markdown"])
    text = capsys.readouterr().out
    assert text.startswith(f"## {server.url}/: 8 files, 3 problems")
    assert (
        "`/static/gone.css`: 404: the browser gets no file. http://127.0.0.1:8000/symptoms/debug-off-static-404/"
        in text
    )
    assert "| ✗ 404 | `/static/gone.css` |" in text


def test_every_problem_leads_to_a_symptom_that_has_a_page():
    answers = [
        ("image", 404, {}),
        ("icon", 404, {}),
        ("image", 403, {}),
        ("stylesheet", 302, {"location": "/login/"}),
        ("stylesheet", 200, {"content-type": "text/html"}),
        ("stylesheet", 200, {"content-type": "text/plain"}),
        ("script", 200, {"content-type": "text/plain"}),
        ("image", 200, {"content-type": "text/html"}),
        ("font", 200, {"content-type": "font/woff2"}),
    ]
    for kind, status, headers in answers:
        found = verdict.problems(
            Named("http://x/media/a", kind, "the page"), Answer("http://x/media/a", status, headers), "https://y/"
        )
        assert found
        assert {one.symptom for one in found} <= set(cases())
