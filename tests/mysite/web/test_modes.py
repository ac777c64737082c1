import pytest
from django.core.exceptions import ImproperlyConfigured

from mysite.environment import comma_separated, origin, ports
from mysite.web.modes import Mode, other_modes, static_server, switch, this_mode


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


@pytest.fixture
def three_modes(settings):
    settings.MODE = "production"
    settings.MODE_PORTS = {"development": 8000, "production": 8001, "nginx": 8002}
    settings.TRUSTED_FRONT = "secret"


@pytest.mark.parametrize(
    ("claimed", "here", "elsewhere"),
    [
        ("", "production · no server", ["in development", "behind nginx"]),
        ("guess", "production · no server", ["in development", "behind nginx"]),
        ("secret", "production · nginx", ["in development", "in production"]),
    ],
)
@pytest.mark.usefixtures("three_modes")
def test_what_came_through_nginx_is_shown_as_that_and_leads_to_the_others(rf, claimed, here, elsewhere):
    request = rf.get("/app1/?a=b", headers={"host": "localhost:1", "x-front": claimed})
    request.META["SERVER_SOFTWARE"] = ""
    assert this_mode(request).label == here
    others = other_modes(request)
    assert [other.place for other in others] == elsewhere
    assert others[0].url == "http://localhost:8000/app1/?a=b"


@pytest.mark.usefixtures("three_modes")
def test_the_page_that_refuses_a_foreign_host_leads_nowhere(rf):
    assert other_modes(rf.get("/", headers={"host": "evil.example"})) == []


def test_the_switch_names_every_mode_in_one_order_and_leads_only_to_those_that_run():
    this = Mode("production", "WhiteNoise")
    assert [(one.short, one.url) for one in switch(this, [Mode("development", "runserver", "http://a/")])] == [
        ("dev", "http://a/"),
        ("prod", None),
        ("nginx", None),
    ]


@pytest.mark.parametrize(
    "value", ["media.example.com", "https://", "https://a b", "https://a/media", "https://a; img-src *"]
)
def test_a_media_origin_that_is_none_stops_the_site_with_its_name(value):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_ORIGIN"):
        origin(value)


def test_a_media_origin_may_end_with_a_slash_or_have_a_port():
    assert origin("https://media.example.com/") == "https://media.example.com"
    assert origin("http://localhost:8003") == "http://localhost:8003"
    assert origin("") == ""


def test_lists_and_ports_come_from_the_environment_as_written():
    assert comma_separated(" a, b ,,") == ["a", "b"]
    assert ports("development=8000, production=8001") == {"development": 8000, "production": 8001}
    assert ports("") == {}
