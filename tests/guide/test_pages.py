from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/finders/", "/app1/", "/app2/", "/gallery/", "/gallery/upload/", "/healthz"])
def test_every_page_answers_200(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/finders/", "/app1/"])
def test_a_page_refuses_methods_that_it_does_not_have(client, path):
    assert client.post(path).status_code == 405


class Links(HTMLParser):
    """Collects what each link of a page is called by those who cannot see it, and where it leads."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.targets = defaultdict(set)
        self._words = self._target = None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a" and "href" in found:
            self._target, self._words = urljoin(self.path, found["href"]), [found.get("aria-label", "")]
        elif tag == "img" and self._words is not None:
            self._words.append(found.get("alt", ""))

    def handle_data(self, text):
        if self._words is not None:
            self._words.append(text)

    def handle_endtag(self, tag):
        if tag == "a" and self._words is not None:
            self.targets[" ".join("".join(self._words).split())].add(self._target)
            self._words = None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/finders/?path=app.css",
        "/app1/",
        "/guide/",
        "/guide/finders/",
        "/guide/who-serves-what/",
        "/guide/deployment/",
        "/guide/cheat-sheet/",
        "/guide/starter/",
        "/lab/?debug=off&before=",
        "/lab/recipes/",
        "/lab/who-serves-what/",
        "/lab/attacks/",
        "/lab/attacks/picture-and-page/",
        "/symptoms/",
        "/symptoms/missing-manifest-entry/",
        "/settings/",
        "/settings/STATIC_ROOT/",
        "/checks/",
        "/search/?q=static+404",
        "/gallery/upload/",
        "/workshop/",
        "/workshop/01-whose-app-css/",
    ],
)
def test_links_that_are_called_alike_lead_to_one_place(client, path):
    links = Links(path)
    links.feed(client.get(path).content.decode())
    assert "" not in links.targets, "a link without a name"
    assert {name: places for name, places in links.targets.items() if len(places) > 1} == {}


def test_home_shows_the_line_to_swap_as_it_stands_in_the_settings_file(client):
    assert "swap this line" in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../mysite/settings/base.py", "a\0b", "x" * 600])
def test_a_bad_path_in_the_finder_race_is_answered_400_with_a_sentence(client, path):
    response = client.get(reverse("guide:finders"), {"path": path})
    assert response.status_code == 400
    assert b"errorlist" in response.content
    assert b"SECRET_KEY" not in response.content


def test_a_script_in_the_path_is_escaped(client):
    response = client.get(reverse("guide:finders"), {"path": "<script>alert(1)</script>"})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("path", ["/", "/finders/", "/gallery/upload/"])
def test_every_page_carries_a_strict_content_security_policy(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_header_names_the_mode_and_links_to_this_page_in_the_other(client, settings):
    settings.MODE_PORTS = {"development": 8000, "production": 8001}
    page = client.get(
        "/finders/?path=app2/app.css", SERVER_SOFTWARE="WSGIServer/0.2", headers={"host": "localhost:8000"}
    )
    html = page.content.decode()
    assert "development · runserver" in html
    assert 'href="http://localhost:8001/finders/?path=app2/app.css"' in html
