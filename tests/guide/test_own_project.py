"""The pages about your own project: how to use which-file, each check, and the x-ray of this site's pages."""

import pytest
from django.urls import reverse

from guide import own_project
from which_file import checks
from which_file.command import parser

pytestmark = pytest.mark.django_db


def test_every_check_has_a_page_that_the_list_leads_to(client):
    listed = client.get(reverse("guide:checks")).content.decode()
    for check in checks.CHECKS:
        name = check.id.rpartition(".")[2]
        address = reverse("guide:check", args=[name])
        assert f'href="{address}"' in listed
    assert client.get(reverse("guide:check", args=["W072"])).status_code == 200
    assert client.get(reverse("guide:check", args=["W999"])).status_code == 404


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.id)
def test_the_page_of_a_check_has_no_open_field(check):
    one = own_project.explained(check.id)
    assert "$" not in one.check.advice + "".join(one.outlines)


def test_the_options_that_the_page_names_are_those_of_the_command(client):
    page = client.get(reverse("guide:own-project")).content.decode()
    known = {option for action in parser()._actions for option in action.option_strings}
    for option in ("--production", "--fix", "--env-file", "--baseline", "--format", "--seconds"):
        assert option in page
        assert option in known


@pytest.mark.parametrize(
    "path",
    [
        "http://example.org/",
        "//example.org/",
        "gallery/",
        "/\\example.org",
        "/a b",
        "/xray/?path=/",
        "/lab/",
        "/" * 600,
    ],
)
def test_an_xray_asks_for_pages_of_this_site_alone(client, path, monkeypatch):
    monkeypatch.setattr(own_project, "xray", lambda *_a, **_k: pytest.fail("it asked"))
    response = client.get(reverse("guide:xray"), {"path": path})
    assert response.status_code == 400
    assert b'role="alert"' in response.content
    assert client.get(reverse("guide:xray-json"), {"path": path}).status_code == 400


def test_an_xray_connects_to_this_machine_whatever_the_host_header_says(client, monkeypatch, settings):
    settings.MODE_PORTS = {"development": 8000}
    settings.ALLOWED_HOSTS = ["*"]
    asked = []
    monkeypatch.setattr(
        own_project,
        "xray",
        lambda url, **options: asked.append((url, options["connect"])) or own_project.Report(url, 200, "", 0, (), ()),
    )
    client.get(reverse("guide:xray"), {"path": "/gallery/"}, headers={"host": "169.254.169.254:80"})
    assert asked == [("http://169.254.169.254:8000/gallery/", ("127.0.0.1", 8000))]


def test_a_third_xray_at_once_is_told_to_wait(client, monkeypatch):
    class Full:
        def acquire(self, timeout):
            return False

    monkeypatch.setattr(own_project, "_slots", Full())
    assert client.get(reverse("guide:xray"), {"path": "/"}).status_code == 503
