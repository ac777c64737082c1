"""The client of a plan: what it sends, what it leaves out, and what it takes from earlier answers."""

import pytest

from lab.experiment.plan import Request, entries
from lab.observation.normalise import Normaliser
from lab.probe.client import Client, static_names
from lab.probe.journal import Journal
from lab.probe.server import NotAnswered

FORM = """<form method="post" enctype="multipart/form-data">
<input type="hidden" name="csrfmiddlewaretoken" value="a&amp;b"><input name="image" type="file"></form>"""
PAGE = '<link rel="stylesheet" href="/static/app.css">'


class Server:
    """Gives the answers it was made with, by path, and keeps the requests."""

    def __init__(self, **answers):
        self.answers = {f"/{path.replace('_', '/')}": answer for path, answer in answers.items()}
        self.sent = []
        self.silent = ()

    def exchange(self, request, pause=None, seconds=0.0):
        if pause:
            pause()
        self.sent.append(request)
        if request.split()[1] in self.silent:
            raise NotAnswered("The connection was closed without an answer.")
        status, headers, body = self.answers.get(request.split()[1].decode(), (404, "", ""))
        return f"HTTP/1.1 {status} X\r\n{headers}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    def trace(self, _path):
        return (), None

    def answered_alone(self):
        return False


@pytest.fixture
def made(tmp_path):
    """made(server, request, …): the journal after these requests."""

    def made(server, *requests, static=None):
        journal = Journal()
        client = Client(server, journal, Normaliser(tmp_path), static or {}, ours=True)
        for request in requests:
            client.make(request)
        return journal

    return made


def test_a_post_carries_the_hidden_fields_and_the_cookies_of_the_page_at_its_address(made):
    server = Server(upload=(200, "Content-Type: text/html\r\nSet-Cookie: csrftoken=c; Path=/\r\n", FORM))
    post = Request("sent", "POST", "/upload", headers=(("Origin", "http://a"),), fields={"b": "c"}, files={"f": "png"})
    journal = made(server, post)
    assert journal.labels == ["sent"], "the page is no step"
    _, sent = server.sent
    assert b"POST /upload HTTP/1.1" in sent
    assert b"\r\nOrigin: http://a\r\nCookie: csrftoken=c\r\nContent-Type: multipart/form-data" in sent
    assert b'name="csrfmiddlewaretoken"\r\n\r\na&b\r\n' in sent
    assert b'name="b"\r\n\r\nc\r\n' in sent
    assert b'name="f"; filename="picture.png"' in sent


def test_a_post_is_sent_to_an_address_without_a_form_too(made):
    server = Server(upload=(302, "Location: /login/\r\n", ""))
    assert made(server, Request("sent", "POST", "/upload", files={"f": "png"})).steps[0].status == 302
    assert b"csrfmiddlewaretoken" not in server.sent[1]


def test_an_address_names_the_page_to_which_a_followed_request_was_redirected(made):
    server = Server(login=(200, "Content-Type: text/html\r\n", PAGE), start=(302, "Location: /login\r\n", ""))
    css = Request("css", address="{page.stylesheet}")
    journal = made(server, Request("page", address="/start", follow=True), css)
    assert [(step.label, step.status) for step in journal.steps] == [("page", 302), ("css", 404)]
    assert journal.steps[1].url == "/static/app.css"
    assert made(server, Request("page", address="/start"), css).steps[1].error.type == "NotSent"


SLOW = Request("sent", "PUT", "/upload", slowly=0.05, meanwhile=Request("others", address="/"))


def test_somebody_else_is_answered_while_a_slow_request_pauses(made):
    server = Server(**{"": (200, "Content-Type: text/plain\r\n", "hello"), "upload": (302, "Location: /\r\n", "")})
    journal = made(server, SLOW)
    assert [(step.label, step.status) for step in journal.steps] == [("others", 200), ("sent", 302)]
    assert [sent.split()[0] for sent in server.sent] == [b"GET", b"PUT"]


def test_who_is_not_answered_in_that_time_has_a_step_without_a_status(made):
    server = Server(upload=(302, "Location: /a\r\n", ""))
    server.silent = (b"/",)
    others, sent = made(server, SLOW).steps
    assert (others.status, others.error.type, sent.status) == (None, "NotAnswered", 302)
    assert "sending slowly" in others.error.message


def test_a_connection_that_is_closed_without_an_answer_is_a_result(made):
    server = Server()
    server.silent = (b"/", b"/upload")
    page, sent = made(
        server, Request("page", address="/"), Request("sent", "POST", "/upload", files={"f": "png"})
    ).steps
    assert (page.status, page.error.type) == (None, "NotAnswered")
    assert (sent.status, sent.error.type) == (None, "NotSent"), "its form's page was not answered"


def test_a_get_sends_the_cookies_of_the_answer_that_it_names(made):
    server = Server(login=(200, "Set-Cookie: sessionid=x; Path=/\r\n", ""), members=(200, "", ""))
    made(server, Request("login", address="/login"), Request("in", address="/members", cookies="login"))
    assert b"\r\nCookie: sessionid=x\r\n" in server.sent[1]


def test_the_name_is_the_last_part_of_where_an_answer_leads(made):
    server = Server(upload=(302, "Location: /scans/a%20b.png?x=1\r\n", ""))
    journal = made(server, Request("sent", "PUT", "/upload"), Request("gone", address="/remove/{sent.name}"))
    assert journal.steps[1].url == "/remove/a%20b.png"


def test_a_redirect_to_another_host_is_not_followed(made):
    server = Server(start=(301, "Location: https://localhost/\r\n", ""))
    made(server, Request("page", address="/start", follow=True))
    assert len(server.sent) == 1


@pytest.mark.parametrize(
    "request_",
    [{"get": "{page.script}", "optional": True}, {"get": "/", "when": {"page": 302}}, {"get": "/", "when": {"x": 200}}],
)
def test_a_request_may_be_left_out(made, request_):
    (left_out,) = entries([{"label": "maybe", **request_}])
    server = Server(start=(200, "Content-Type: text/html\r\n", PAGE))
    assert made(server, Request("page", address="/start"), left_out).labels == ["page"]


def test_a_request_is_made_when_the_earlier_answer_has_the_status(made):
    server = Server(start=(200, "", ""))
    assert made(server, Request("page", address="/start"), Request("next", address="/", when={"page": 200})).labels == [
        "page",
        "next",
    ]


def test_an_address_may_ask_the_static_tag(made):
    css = Request("css", address="{static admin/css/base.css}")
    assert static_names((css,)) == ("admin/css/base.css",)
    journal = made(Server(), css, static={"admin/css/base.css": "https://cdn.example/base.css"})
    assert (journal.steps[0].url, journal.steps[0].status) == ("https://cdn.example/base.css", None)
    assert journal.steps[0].error is None
    (step,) = made(Server(), css, static={"admin/css/base.css": None}).steps
    assert step.error.message == "The static tag gives no address for 'admin/css/base.css'."


def test_a_path_is_sent_as_it_is_written_and_one_that_a_page_names_as_a_browser_resolves_it(made):
    server = Server(start=(200, "Content-Type: text/html\r\n", '<img src="/static/../a.png">'))
    requests = [Request("page", address="/start"), Request("image", address="{page.image}")]
    journal = made(server, Request("raw", address="/static/../a.png"), *requests)
    assert [step.url for step in journal.steps] == ["/static/../a.png", "/start", "/a.png"]
