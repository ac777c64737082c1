"""What a stranger may send to static and media files, byte for byte, to every mode: nothing outside, never a 5xx."""

import contextlib
import re
import select
import socket
import time
from dataclasses import dataclass

import pytest

from mysite.serving import ports

MARK = "kept from strangers"
MODES = ("development", "production", "nginx")


@dataclass(frozen=True)
class Answer:
    """`status` is 0 where the server hung up without a word, which is an answer too."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(params=MODES)
def site(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module", autouse=True)
def _planted(sites):
    """Files that nobody may get: beside both folders, hidden inside, and in neighbours whose names begin alike."""
    media, static = sites.development.media_root, sites.development.static_root
    places = [
        media.parent / "secret.txt",
        media / ".hidden.txt",
        media / ".git" / "config",
        media.with_name("uploads_private") / "secret.txt",
        media.with_name("uploads-private") / "secret.txt",
        static.parent / "secret.txt",
        static.with_name("staticfiles_private") / "secret.txt",
    ]
    (media / "photos").mkdir(parents=True, exist_ok=True)
    (media / "photos" / "honest.png").write_bytes(b"\x89PNG\r\n\x1a\n, more or less")
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(MARK)


def exchange(site, head: bytes, body: bytes = b"", seconds: float = 5) -> Answer:
    """Sends the bytes as they are. A server has five seconds; most attacks are answered in a few milliseconds."""
    received = b""
    with socket.create_connection((ports.HOST, site.port), timeout=seconds) as connection:
        try:
            connection.sendall(head + body)
            while chunk := connection.recv(65536):
                received += chunk
                if complete(received):
                    break
        except (ConnectionResetError, BrokenPipeError):
            pass
    top, _, content = received.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    status = re.match(r"HTTP/1\.[01] (\d{3})", lines[0])
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return Answer(int(status[1]) if status else 0, headers, content)


def complete(received: bytes) -> bool:
    """Enough is here when the declared length is; where none is declared the server closes."""
    top, _, content = received.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", top)
    return bool(length) and len(content) >= int(length[1])


def ask(site, target: str | bytes, method: str = "GET", **headers: str) -> Answer:
    path = target if isinstance(target, bytes) else target.encode()
    fields = {"Host": f"{ports.HOST}:{site.port}", "Connection": "close"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return exchange(site, method.encode() + b" " + path + b" HTTP/1.1\r\n" + lines.encode() + b"\r\n")


def hashed_css(site) -> str:
    page = ask(site, "/").body.decode()
    found = re.search(r"/static/site/base\.(?:[0-9a-f]{12}\.)?css", page)
    assert found
    return found[0]


WAYS_OUT = [
    "../secret.txt",
    "../../secret.txt",
    "photos/../../secret.txt",
    "./../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt",
    "%2E%2E%2Fsecret.txt",
    ".%2e/secret.txt",
    "..%5csecret.txt",
    "..\\secret.txt",
    "%5c..%5csecret.txt",
    "%252e%252e%252fsecret.txt",
    "..%252fsecret.txt",
    "..%c0%afsecret.txt",
    "%c0%ae%c0%ae/secret.txt",
    "..%ef%bc%8fsecret.txt",
    "%e2%80%a5/secret.txt",
    "..;/secret.txt",
    "....//secret.txt",
    "..//secret.txt",
    "/../secret.txt",
    "%00/../secret.txt",
    "..%00/secret.txt",
    "//secret.txt",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "C:%5cWindows%5cwin.ini",
    "file:///etc/passwd",
    "../../../../../../../../etc/passwd",
]


def test_no_spelling_of_a_path_leads_outside(site, subtests):
    for path in (prefix + way for prefix in ("/static/", "/media/") for way in WAYS_OUT):
        with subtests.test(path):
            answer = ask(site, path)
            assert answer.status in (400, 404)
            assert MARK.encode() not in answer.body
            assert b"root:" not in answer.body


NOT_FOR_STRANGERS = [
    "/static../secret.txt",
    "/media../secret.txt",
    "/static..%2fsecret.txt",
    "/media_private/secret.txt",
    "/media-private/secret.txt",
    "/static_private/secret.txt",
    "/uploads_private/secret.txt",
    "/uploads-private/secret.txt",
    "/private-media/secret.txt",  # nginx's own, internal location
    "/private-media/../secret.txt",
    "/nginx-errors/413.html",
    "/media/.hidden.txt",
    "/media/.git/config",
    "/media/%2egit/config",
    "/static/.git/config",
    "/.git/config",
    "/.env",
    "/db.sqlite3",
    "/static/staticfiles.json",
    "/static/%73taticfiles.json",
    "/static//staticfiles.json",
    "/static/app.css~",
    "/static/app.css.bak",
    "/static/",
    "/static/admin",
    "/static/admin/",
    "/media/",
    "/media/photos/",
    "/media/photos",
    "/media//photos/",
]


def test_neighbours_hidden_files_the_manifest_and_listings_are_404(site, subtests):
    for path in NOT_FOR_STRANGERS:
        with subtests.test(path):
            answer = ask(site, path)
            assert answer.status == 404
            assert MARK.encode() not in answer.body
            assert b"honest.png" not in answer.body


def test_static_and_media_files_are_for_reading_only(site, subtests):
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "NONSENSE"):
        with subtests.test(method):
            for path in (hashed_css(site), "/media/photos/honest.png"):
                assert ask(site, path, method, Content_Length="0").status in (403, 405, 501), path
                before = ask(site, path)
                assert (before.status == 200) == (path.startswith("/static/") or site.port != production_port(site))


def production_port(site) -> int:
    """Where media is not served at all. sidebyside gives development, production and nginx neighbouring ports."""
    return site.port if b"WhiteNoise" in ask(site, "/").body.split(b"</header>")[0] else -1


def test_a_media_file_comes_with_headers_that_take_its_power_away(development, nginx):
    for site in (development, nginx):
        answer = ask(site, "/media/photos/honest.png")
        assert answer.status == 200
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "max-age" in answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers


def test_nginx_offers_what_is_no_picture_for_download(nginx):
    (nginx.media_root / "page.html").write_text("<script>alert(document.domain)</script>")
    answer = ask(nginx, "/media/page.html")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_nobody_keeps_a_404_of_nginx_and_it_is_not_sniffed(nginx, subtests):
    for path in ("/static/nobody.0123456789ab.css", "/media/photos/nobody.png"):
        with subtests.test(path):
            answer = ask(nginx, path)
            assert answer.status == 404
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_both_productions_say_405_with_the_methods_that_are_allowed(production, nginx):
    for site in (production, nginx):
        answer = ask(site, hashed_css(site), "PUT", Content_Length="0")
        assert (answer.status, answer.headers["allow"]) == (405, "get, head")


@pytest.fixture(params=["production", "nginx"])
def ranges(request):
    """The two that know ranges; runserver sends the whole file, as a server may."""
    return request.getfixturevalue(request.param)


RANGES = [
    ("bytes=0-9", slice(0, 10)),
    ("bytes=10-", slice(10, None)),
    ("bytes=-10", slice(-10, None)),
    ("bytes=0-0", slice(0, 1)),
    ("bytes=7-7", slice(7, 8)),
    ("bytes=-1", slice(-1, None)),
    ("bytes=0-99999999", slice(0, None)),
]


def test_a_range_is_answered_with_that_part_or_with_the_whole(ranges, subtests):
    for asked, part in RANGES:
        with subtests.test(asked):
            path = hashed_css(ranges)
            whole = ask(ranges, path).body
            answer = ask(ranges, path, Range=asked)
            assert (answer.status, answer.body) in ((206, whole[part]), (200, whole))


ODD_RANGES = ["bytes=99999999-", "bytes=5-2", "bytes=-0", "lines=1-2", "bytes=a-b", "bytes=0-1,4-5"]


def test_an_impossible_or_odd_range_is_416_or_ignored(site, subtests):
    for asked in ODD_RANGES:
        with subtests.test(asked):
            assert ask(site, hashed_css(site), Range=asked).status in (200, 206, 416)


def test_if_range_with_another_files_tag_gives_the_whole_file(site):
    answer = ask(site, hashed_css(site), Range="bytes=5-9", If_Range='"of another file"')
    assert answer.status == 200


def test_a_file_that_one_has_is_304_and_head_sends_the_same_headers_without_the_file(site):
    path = hashed_css(site)
    whole = ask(site, path)
    head = ask(site, path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.body))
    unchanged = ask(site, path, If_Modified_Since=whole_date(whole))
    assert (unchanged.status, unchanged.body) == (304, b"")
    if "etag" in whole.headers:  # runserver sends none
        assert ask(site, path, If_None_Match=whole.headers["etag"]).status == 304


@pytest.fixture
def whole(production, nginx):
    """Both servers that send a tag, each with one of its files."""
    return [(site, hashed_css(site), ask(site, hashed_css(site))) for site in (production, nginx)]


TAGS = ["*", '"another", {}', "W/{}", 'W/"another", W/{}']


def test_a_tag_that_one_has_is_304_in_a_list_weakened_or_as_a_star(whole, subtests):
    for asked in TAGS:
        with subtests.test(asked):
            for site, path, answer in whole:
                unchanged = ask(site, path, If_None_Match=asked.format(answer.headers["etag"]))
                assert (unchanged.status, unchanged.body) == (304, b""), site


def test_no_tag_of_another_file_is_304(whole):
    for site, path, answer in whole:
        assert ask(site, path, If_None_Match='"another", W/"a third"').body == answer.body, site


REFUSED_CODINGS = ["gzip;q=0", "gzip;q=0, br;q=0.0", "br; q=0", "*;q=0"]


def test_a_coding_that_a_visitor_refuses_is_not_sent(whole, subtests):
    for asked in REFUSED_CODINGS:
        with subtests.test(asked):
            for site, path, answer in whole:
                plain = ask(site, path, Accept_Encoding=asked)
                assert (plain.body, plain.headers.get("content-encoding")) == (answer.body, None), site


def test_of_two_codings_the_one_that_is_not_refused_is_sent(whole):
    for site, path, _answer in whole:
        assert ask(site, path, Accept_Encoding="br;q=0, gzip;q=0.1").headers["content-encoding"] == "gzip", site


def test_the_last_no_bytes_of_a_file_are_not_all_of_them_as_a_part(whole):
    for site, path, _answer in whole:
        assert ask(site, path, Range="bytes=-0").status in (200, 416), site


def whole_date(answer: Answer) -> str:
    """HTTP dates have capitals, which reading the headers took away."""
    return answer.headers["last-modified"].title().replace("Gmt", "GMT")


TOO_LONG = {
    "static part": "/static/" + "a" * 300,
    "media part": "/media/" + "a" * 300,
    "media part in UTF-8": "/media/" + "%C3%A9" * 200,
    "deep": "/static/" + "a/" * 3000,
    "deep media": "/media/" + "a/" * 3000,
    "20 kB": "/" + "a" * 20_000,
    "20 kB of ways out": "/static/" + "%2e%2e%2f" * 2000,
    "20 kB of query": "/?" + "q=" + "a" * 20_000,
}


def test_a_name_or_address_that_is_too_long_is_the_visitors_mistake(site, subtests):
    for name, path in TOO_LONG.items():
        with subtests.test(name):
            answer = ask(site, path)
            assert answer.status == 0 or 200 <= answer.status < 500
            assert answer.status != 200 or path.startswith("/?")


NO_TEXT = [
    b"/static/\xff\xfe",
    b"/media/\xff\xfe",
    b"/static/\x80.css",
    b"/static/%ff%fe",
    b"/media/%00",
    b"/static/a%0d%0ab",
]


def test_bytes_that_are_no_text_are_4xx(site, subtests):
    for target in NO_TEXT:
        with subtests.test(repr(target)):
            assert 400 <= ask(site, target).status < 500


ODD_CHARSETS = ["a\0b", "nonsense", "utf-7", "idna", "x" * 5000, '"']


def test_an_odd_charset_is_no_fault_of_the_server(site, subtests):
    for path in ("/app1/", "/static/app.css", "/media/photos/nobody.png"):
        for charset in ODD_CHARSETS:
            with subtests.test(f"{path} {charset[:20]!r}"):
                assert ask(site, path, Content_Type=f"text/html; charset={charset}").status < 500


HARDLY_HTTP = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /static/app.css HTTP/1.1\r\n\r\n",
    b"GET /static/app.css HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    b"GET /static/app.css HTTP/1.1\r\nHost 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /static/app.css HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\nConnection: close\r\n\r\n",
    b"GET /static/app.css HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 500 + b"Connection: close\r\n\r\n",
    b"\r\n\r\n\r\n\r\n",
    b"\0" * 100 + b"\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET http://evil.example/static/app.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
]


def test_what_is_hardly_http_is_refused_or_hung_up_on(site, subtests):
    for junk in HARDLY_HTTP:
        with subtests.test(repr(junk[:40])):
            try:
                answer = exchange(site, junk, seconds=1)
            except TimeoutError:  # a half request: the server waits for the rest, for as long as its own limit says
                answer = Answer(0, {}, b"")
            assert answer.status == 0 or answer.status < 500 or answer.status in (501, 505)
            assert ports.answers(site.port)


def post(site, *lines: str, body: bytes = b"") -> Answer:
    head = ["POST /gallery/upload/ HTTP/1.1", f"Host: {ports.HOST}:{site.port}", "Connection: close", *lines]
    try:
        return exchange(site, ("\r\n".join(head) + "\r\n\r\n").encode(), body, seconds=3)
    except TimeoutError:
        return Answer(0, {}, b"")


IMPOSSIBLE_LENGTHS = [
    (["Content-Length: -1"], b""),
    (["Content-Length: abc"], b""),
    (["Content-Length: 1e3"], b""),
    (["Content-Length: 99999999999999999999"], b""),
    (["Content-Length: 5", "Content-Length: 6"], b"abcdef"),
    (["Content-Length: 5", "Transfer-Encoding: chunked"], b"0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
    (["Transfer-Encoding: chunked"], b"zz\r\nnonsense\r\n"),
    (["Transfer-Encoding: nonsense"], b"abc"),
    (["Transfer-Encoding: chunked, chunked"], b"0\r\n\r\n"),
]


def test_a_length_that_cannot_be_true_is_4xx_or_the_end(site, subtests):
    for lines, body in IMPOSSIBLE_LENGTHS:
        with subtests.test(" ".join(lines)):
            answer = post(site, *lines, body=body)
            assert answer.status in (0, 501) or 400 <= answer.status < 500
            assert ports.answers(site.port)


CLAIMS = [
    ("Host", "evil.example"),
    ("Host", "127.0.0.1.evil.example"),
    ("Host", "127.0.0.1:80@evil.example"),
    ("Host", ""),
    ("X_Forwarded_Host", "evil.example"),
    ("X_Forwarded_Proto", "https"),
    ("X_Forwarded_For", "127.0.0.1"),
    ("Forwarded", "host=evil.example"),
    ("X_Original_URL", "/admin/"),
    ("X_Rewrite_URL", "/admin/"),
    ("X_Front", "nginx"),
    ("X_Accel_Redirect", "/private-media/secret.txt"),
    ("X_HTTP_Method_Override", "DELETE"),
]


def test_a_foreign_name_is_refused_and_a_claim_about_the_way_here_is_ignored(site, subtests):
    for name, value in CLAIMS:
        with subtests.test(f"{name}: {value}"):
            answer = ask(site, "/app1/", **{name: value})
            assert answer.status == (400 if name == "Host" else 200)
            assert b"evil.example" not in answer.body.split(b"<body")[-1] or answer.status == 400
            assert "location" not in answer.headers


def test_script_name_as_a_header_moves_nothing(site):
    host = f"Host: {ports.HOST}:{site.port}"
    for name in ("SCRIPT_NAME", "Script-Name", "PATH_INFO"):
        answer = exchange(site, f"GET /app1/ HTTP/1.1\r\n{host}\r\nConnection: close\r\n{name}: /evil\r\n\r\n".encode())
        assert answer.status in (200, 400)
        assert b"/evil" not in answer.body


def test_nobody_but_nginx_can_say_that_nginx_stands_in_front(production):
    for claim in ("nginx", "", "x" * 22):
        assert "production · WhiteNoise" in ask(production, "/", X_Front=claim).body.decode()


LEADING_AWAY = [
    "//evil.example/",
    "//evil.example/gallery",
    "//evil.example/..;/gallery",
    "/%2f%2fevil.example/gallery",
    "/\\evil.example/gallery",
    "/%5cevil.example",
    "///evil.example/%2e%2e/gallery",
    "/static//evil.example/..",
    "/media//evil.example/",
    "/gallery%0d%0aLocation:%20http://evil.example/",
    "/gallery?%0d%0aSet-Cookie:%20a=b",
    "/static/%0d%0aX-Injected:%20yes",
]


def test_no_redirect_leads_to_another_host_and_no_header_can_be_slipped_in(site, subtests):
    for target in LEADING_AWAY:
        with subtests.test(target):
            answer = ask(site, target)
            assert answer.status < 500
            location = answer.headers.get("location", "/")
            assert re.match(r"/(?![/\\])", location), location
            assert "x-injected" not in answer.headers
            assert "set-cookie" not in answer.headers or "a=b" not in answer.headers["set-cookie"]


def test_a_request_that_declares_too_much_is_told_before_it_is_sent(production, nginx):
    for site in (production, nginx):
        begun = time.monotonic()
        answer = post(site, f"Content-Length: {2 * 1024**3}", "Content-Type: multipart/form-data; boundary=x")
        assert answer.status == 413
        assert time.monotonic() - begun < 3
        assert b"Too much at once" in answer.body


def test_it_is_told_while_the_visitor_goes_on_sending(production, nginx):
    for site in (production, nginx):
        head = f"POST /gallery/upload/ HTTP/1.1\r\nHost: {ports.HOST}:{site.port}\r\nContent-Length: {2 * 1024**3}\r\n"
        with socket.create_connection((ports.HOST, site.port), timeout=5) as connection:
            connection.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n")
            for _ in range(1000):
                with contextlib.suppress(ConnectionError):  # it may hang up once it has answered
                    connection.sendall(bytes(64 * 1024))
                if select.select([connection], [], [], 0.001)[0]:
                    break
            else:
                pytest.fail(f"{site.url} said nothing to 64 MB")
            assert connection.recv(12) == b"HTTP/1.1 413"


def test_readers_are_served_while_fifty_visitors_send_their_uploads_one_byte_at_a_time(nginx):
    head = (
        f"POST /gallery/upload/ HTTP/1.1\r\nHost: {ports.HOST}:{nginx.port}\r\nContent-Length: 1000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
    )
    slow = [socket.create_connection((ports.HOST, nginx.port), timeout=5) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(head.encode())
        for _ in range(5):
            for connection in slow:
                connection.sendall(b"-")
            begun = time.monotonic()
            assert ask(nginx, "/app1/").status == 200
            assert time.monotonic() - begun < 2
    finally:
        for connection in slow:
            connection.close()
