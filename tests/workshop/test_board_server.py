"""A real board on a port, real commands that join it, and those who mean no good."""

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lab.process.call import ROOT
from tests.free_ports import free_port
from tests.workshop.small_exercises import FIRST
from workshop.board_asgi import BODY_BYTES, BODY_SECONDS
from workshop.joining import FILE, JoinError, address, joined, post, report
from workshop.progress import Standing


class Running:
    """A board in a process of its own."""

    def __init__(self, environment, port):
        self.port = port
        self.url = f"http://127.0.0.1:{port}/"
        self._environment = environment
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [*self._environment["command"], "--port", str(self.port), "--host", "127.0.0.1", "--stuck", "1"],
            env=self._environment["env"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said = [self.process.stdout.readline() for _ in range(5)]

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)
        return self.process.returncode

    def get(self, path="/", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read().decode()

    def post(self, path, body, kind="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("POST", path, body, {"Content-Type": kind})
        response = connection.getresponse()
        response.read()
        return response.status


@pytest.fixture(scope="module")
def running(small_exercises, tmp_path_factory):
    from tests.workshop.conftest import Learner

    learner = Learner.__new__(Learner)
    learner.exercises, learner.folder = small_exercises, tmp_path_factory.mktemp("teacher")
    environment = {**learner.environment}
    running = Running({"env": environment, "command": learner.command("board")}, free_port())
    yield running
    assert running.stop() == 0


def test_the_line_to_join_with_is_printed_and_stands_on_the_page(running):
    line = f"python manage.py workshop join {running.url} YOUR-NAME"
    assert line in "".join(running.said)
    assert line in running.get()[2]


def test_a_learner_who_joins_is_seen_until_they_leave(running, learner):
    learner.types("start")
    said = learner.types("join", running.url, "Grace <b>Hopper</b>")
    assert said.code == 0
    assert "Nothing of your files is sent." in said.out
    page = running.get()[2]
    assert "Grace &lt;b&gt;Hopper&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "1 First page" in page
    learner.solves()
    learner.types("check")
    assert '<span class="state">passed</span>' in running.get()[2]
    assert learner.types("list", "--json").data["board"] == {"url": running.url, "name": "Grace <b>Hopper</b>"}
    assert learner.types("leave").code == 0
    assert not (learner.folder / FILE).exists()
    assert "Hopper" not in running.get()[2]


def test_a_taken_name_is_refused_on_one_line(running, learner, tmp_path):
    learner.types("join", running.url, "Taken")
    (learner.folder / FILE).rename(tmp_path / "kept.json")  # somebody else's machine
    said = learner.types("join", running.url, "taken")
    assert (said.code, said.err) == (2, "Somebody here is called taken already. Take another name.")
    assert joined(learner.folder) is None


def test_the_page_fetches_itself_and_holds_still_when_asked(running):
    status, headers, _ = running.get()
    assert (status, headers["refresh"], headers["cache-control"]) == (200, "10", "no-store")
    assert "refresh" not in running.get("/?still")[1]


def test_the_page_needs_no_script_and_forbids_all(running):
    _, headers, page = running.get()
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert "<script" not in page
    assert "set-cookie" not in headers
    for path in ("/board.css", "/icon.svg"):
        assert running.get(path)[0] == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("nonsense", 400),
        ("[" * 15_000, 400),
        ('{"a":' * 3_000, 400),
        ("[]", 400),
        ("{}", 400),
        ('{"name": "\\ud800x"}', 400),
        (b"\xff\xfe", 400),
        ("x" * (BODY_BYTES + 1), 413),
    ],
)
def test_nonsense_is_refused_and_is_never_a_fault_of_the_board(running, body, status):
    assert running.post("/join", body) == status


def test_only_json_is_read_which_no_other_sites_form_can_send(running):
    assert running.post("/join", '{"name": "Form"}', "text/plain") == 400
    assert "Form" not in running.get()[2]


@pytest.mark.parametrize(
    ("path", "status"), [("/admin/", 404), ("/../manage.py", 404), ("/join", 405), ("/" + "x" * 2000, 414)]
)
def test_there_is_nothing_else(running, path, status):
    assert running.get(path)[0] == status


def test_a_foreign_name_is_refused(running):
    assert running.get(Host="evil.example")[0] == 400


def test_fifty_slow_senders_keep_nobody_waiting_and_are_hung_up_on(running):
    slow = []
    for _ in range(50):
        sender = socket.create_connection(("127.0.0.1", running.port))
        sender.sendall(
            b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
        )
        slow.append(sender)
    began = time.monotonic()
    assert running.get()[0] == 200
    assert time.monotonic() - began < 2
    slow[0].settimeout(BODY_SECONDS + 10)
    assert slow[0].recv(100).startswith(b"HTTP/1.1 408")
    for sender in slow:
        sender.close()


def test_after_a_new_start_the_next_check_brings_the_learner_back(running, learner):
    learner.types("start")
    learner.types("join", running.url, "Returning")
    before = joined(learner.folder).token
    running.stop()
    said = learner.types("hint")  # the board is away: not a word of it
    assert (said.code, said.err) == (0, "")
    running.start()
    assert "Returning" not in running.get()[2]  # nothing was stored
    learner.workshop.messenger.tell(FIRST, learner.workshop.progress.read())
    learner.workshop.messenger.wait(5)
    assert "Returning" in running.get()[2]
    assert joined(learner.folder).token != before


def test_a_board_that_does_not_answer_neither_slows_nor_spoils_a_check(learner):
    learner.types("start")
    learner.solves()
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never says a word
        place = {"url": f"http://127.0.0.1:{silent.getsockname()[1]}/", "name": "Ada", "token": "x"}
        (learner.folder / FILE).write_text(json.dumps(place))
        learner.types("check", "1")
        began = time.monotonic()
        assert learner.types("hint").code == 0
        assert time.monotonic() - began < 1.5


def test_the_age_of_what_is_passed_ends_with_the_pass():
    started, passed = "2026-01-01T10:00:00+00:00", "2026-01-01T10:07:00+00:00"
    told = report("t", None, {FIRST: Standing(started=started, passed=passed), "02_x": Standing(hints=1)})
    assert told["exercises"] == {FIRST: {"age": 420, "checks": 0, "hints": 0, "passed": True, "held": []}}


def test_a_board_that_is_none_is_named(learner):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    said = learner.types("join", f"http://127.0.0.1:{port}/", "Ada")
    assert said.code == 2
    assert said.err.startswith(f"The board at http://127.0.0.1:{port}/ does not answer")


@pytest.mark.parametrize("url", ["ftp://x/", "http://", "http://x:99999/", "file:///etc/passwd", "http://u:p@x/", ""])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(JoinError, match="is no address of a board"):
        address(url)


def test_an_address_may_be_typed_without_its_beginning_and_its_end():
    assert address("192.168.1.20:9000") == "http://192.168.1.20:9000/"


def test_a_busy_port_is_said_before_anything_starts(learner):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = subprocess.run(
            learner.command("board", "--port", str(port)), env=learner.environment, capture_output=True, text=True
        )
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def test_whatever_stands_in_joined_json_a_check_goes_on(learner):
    learner.types("start")
    for text in ("", "[]", '{"url": 3}', "[" * 100_000, '{"url": "nowhere", "name": "", "token": ""}'):
        (learner.folder / FILE).write_text(text)
        assert learner.types("hint").code == 0


class Endless(BaseHTTPRequestHandler):
    """Reads what it is sent (a socket closed over unread bytes is reset), then answers without an end."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with contextlib.suppress(OSError):  # the client has hung up
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 10_000)

    def log_message(self, *args):
        """Says nothing."""


def test_an_endless_answer_is_cut_off():
    with HTTPServer(("127.0.0.1", 0), Endless) as server:
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        with pytest.raises(JoinError, match="is no board"):
            post(f"http://127.0.0.1:{server.server_port}/", "join", {}, 2)
        answering.join(10)
        assert not answering.is_alive()


@pytest.fixture
def crowded(running):
    """The board with somebody stuck, somebody done, and a name without a space."""
    tokens = []
    for name, age, passed in (("Ada", 600, False), ("W" * 40, 10, True), ("Grace Hopper", 10, False)):
        tokens.append(post(running.url, "join", {"name": name, "token": ""}, 5)["token"])
        standing = {"age": age, "checks": 12, "hints": 3, "passed": passed}
        post(running.url, "progress", {"token": tokens[-1], "at": FIRST, "exercises": {FIRST: standing}}, 5)
    yield running
    for token in tokens:
        post(running.url, "leave", {"token": token}, 5)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_board(crowded, browser, axe, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(crowded.url)
    assert axe.violations(page) == ""
    assert complaints == []  # the policy has nothing to forbid
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1920])
def test_the_board_does_not_scroll_sideways_and_is_large_on_a_projector(crowded, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 1080})
    page.goto(crowded.url)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('tbody td')).fontSize)")
    assert size >= (28 if width == 1920 else 17)
    assert page.locator("tbody tr").first.inner_text().startswith("Ada")
    page.close()
