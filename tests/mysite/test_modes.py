import pytest

from mysite.environment import comma_separated, ports
from mysite.modes import static_server


@pytest.mark.parametrize(
    ("software", "middleware", "server"),
    [
        ("WSGIServer/0.2", [], "runserver"),
        ("gunicorn/27.0.1", ["whitenoise.middleware.WhiteNoiseMiddleware"], "WhiteNoise"),
        ("gunicorn/27.0.1", [], "gunicorn"),
        ("", [], "no server"),
    ],
)
def test_the_header_names_who_hands_out_static_files(software, middleware, server):
    assert static_server(software, middleware) == server


def test_lists_and_ports_come_from_the_environment_as_written():
    assert comma_separated(" a, b ,,") == ["a", "b"]
    assert ports("development=8000, production=8001") == {"development": 8000, "production": 8001}
    assert ports("") == {}
