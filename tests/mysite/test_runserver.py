"""Our runserver's own answers, from its real request handler."""

import io

import pytest
from django.core.servers.basehttp import WSGIServer

from mysite.management.commands.runserver import Command, StrictRequestHandler


class Connection:
    """What the handler needs of a socket."""

    def __init__(self, request):
        self.request, self.sent = request, b""

    def makefile(self, *_):
        return io.BytesIO(self.request)

    def sendall(self, data):
        self.sent += data

    def shutdown(self, _):
        pass


def exchange(length):
    server = WSGIServer(("127.0.0.1", 8000), StrictRequestHandler, bind_and_activate=False)
    server.server_name, server.server_port = "localhost", 8000
    server.setup_environ()
    server.set_app(lambda _environ, start: [start("200 OK", [("Content-Length", "0")]), b""][1:])
    connection = Connection(f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\nabc".encode())
    StrictRequestHandler(connection, ("127.0.0.1", 50000), server)
    server.server_close()
    return connection.sent


@pytest.mark.parametrize("length", ["9" * 40, "9" * 5000, "0" * 20 + "9" * 40, str(2**63)])
def test_a_length_that_no_body_can_have_is_answered_413_and_not_a_traceback(length, capfd):
    answer = exchange(length)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in answer
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("length", ["3", "0003", "-1", "abc", ""])
def test_every_other_length_is_left_to_the_middleware(length):
    assert exchange(length).startswith(b"HTTP/1.1 200 ")


def test_the_command_serves_with_this_handler():
    server = Command.server_cls(("127.0.0.1", 0), WSGIServer, bind_and_activate=False)
    assert server.RequestHandlerClass is StrictRequestHandler
    server.server_close()
