"""Whatever is wrong with a body, it has arrived before the answer leaves: nginx, too, gets to read that answer."""

import contextlib
import http.client
import select
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mysite.serving import ports
from mysite.web.unread_body import UnreadBodyMiddleware


class Body(BytesIO):
    """Counts what was asked of it."""

    asked = 0

    def read(self, size=-1):
        content = super().read(size)
        self.asked += len(content)
        return content


def read_of(content, limit=1_000_000, view=lambda _request: HttpResponse(), **environ):
    """How many bytes of a body were read by the time the view's answer left."""
    request = RequestFactory().post("/", b"x", "application/octet-stream", CONTENT_LENGTH=str(len(content)), **environ)
    body = Body(content)
    request._stream = body
    middleware = UnreadBodyMiddleware(view)
    middleware.limit = limit
    assert middleware(request).status_code == 200
    return body.asked


def test_a_body_that_a_view_left_unread_is_read_to_its_end():
    assert read_of(bytes(300_000)) == 300_000


def test_so_is_the_rest_of_one_that_a_view_read_half_of():
    def half(request):
        request.read(100_000)
        return HttpResponse()

    assert read_of(bytes(300_000), view=half) == 300_000


def test_a_body_above_the_limit_is_not_waited_for():
    assert read_of(bytes(300_000), limit=299_999) == 0


def test_a_body_that_may_have_no_end_is_not_waited_for():
    assert read_of(bytes(300_000), HTTP_TRANSFER_ENCODING="chunked") == 0


def test_a_visitor_who_hangs_up_meanwhile_is_no_error():
    class Broken(Body):
        def read(self, size=-1):
            raise ConnectionResetError

    request = RequestFactory().post("/", b"x", "application/octet-stream")
    request._stream = Broken()
    assert UnreadBodyMiddleware(lambda _request: HttpResponse())(request).status_code == 200


FORM = "multipart/form-data; boundary=B"
TOKEN = "a1" * 16  # as good as any, as long as cookie and header have the same


@dataclass(frozen=True)
class Refused:
    """A request that the site refuses once it has seen the first `enough` bytes of the body."""

    status: int
    body: bytes
    enough: int
    path: str = "/gallery/upload/"
    kind: str = FORM
    token: str = TOKEN

    def head(self, site):
        lines = [
            f"POST {self.path} HTTP/1.1",
            f"Host: {ports.HOST}:{site.port}",
            f"Cookie: csrftoken={TOKEN}",
            f"X-CSRFToken: {self.token}",
            f"Content-Type: {self.kind}",
            f"Content-Length: {len(self.body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


FILE = b'--B\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n' + b"x" * 300 + b"\r\n"
FIELD = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"x" * 8_000_000 + b"\r\n"
END = b"--B--\r\n"
REFUSED = {
    "1,500 files": Refused(400, FILE * 1500 + END, len(FILE) * 1200),
    "a text field of 8 MB": Refused(400, FIELD + END, 4_000_000),
    "a charset that no browser uses": Refused(415, FIELD + END, 1000, kind=f"{FORM}; charset=hex"),
    "a page that is not there": Refused(404, FIELD, 1000, "/nobody/"),
    "a form without its token": Refused(403, FIELD + END, 1000, kind="text/plain", token="b2" * 16),
}


@pytest.fixture(params=REFUSED.values(), ids=REFUSED.keys())
def refused(request):
    return request.param


def test_the_server_takes_the_whole_body_before_it_refuses_it_and_keeps_the_line(production, refused):
    """Anyone who closes a line with unread bytes in it resets it: then the sender's next write fails, and the answer is
    lost. With half a body sent there is time for that here; nginx meets it only on a busy machine."""
    with socket.create_connection((ports.HOST, production.port), timeout=30) as connection:
        connection.sendall(refused.head(production) + refused.body[: refused.enough])
        assert not select.select([connection], [], [], 1)[0], "answered before the body was there"
        connection.sendall(refused.body[refused.enough :])
        assert status(connection) == refused.status
        connection.sendall(f"GET /healthz HTTP/1.1\r\nHost: {ports.HOST}\r\n\r\n".encode())
        assert status(connection) == 200


def test_behind_nginx_the_answer_is_djangos_however_many_ask_at_once(nginx, refused):
    def send(_number):
        with socket.create_connection((ports.HOST, nginx.port), timeout=60) as connection:
            with contextlib.suppress(BrokenPipeError):
                connection.sendall(refused.head(nginx) + refused.body)
            return status(connection)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(24))) == {refused.status}


def status(connection):
    """Reads one whole answer."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    response.read()
    return response.status
