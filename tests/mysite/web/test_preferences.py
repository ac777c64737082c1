"""Large type, light and dark: a link turns each on for every page, and nothing else about the page changes."""

import pytest

pytestmark = pytest.mark.django_db

ON = "data-projector"


@pytest.mark.parametrize(
    "path", ["/", "/guide/", "/guide/finders/", "/lab/", "/gallery/", "/app1/", "/symptoms/", "/nowhere/"]
)
def test_the_switch_changes_every_page_and_back(client, path):
    assert ON not in client.get(path).content.decode()
    assert client.get(f"{path}?projector=on").headers["Location"] == path
    page = client.get(path).content.decode()
    assert ON in page
    assert 'href="?projector=off"' in page
    client.get(f"{path}?projector=off")
    assert ON not in client.get(path).content.decode()


def test_the_rest_of_the_address_stays_as_it_was_written(client):
    asked = "/lab/?apps=app2,app1&debug=off"
    assert 'href="?apps=app2,app1&amp;debug=off&amp;projector=on"' in client.get(asked).content.decode()
    answer = client.get(f"{asked}&projector=on")
    assert answer.headers["Location"] == asked


@pytest.mark.parametrize("value", ["", "maybe", "ON"])
def test_another_value_turns_nothing(client, value):
    answer = client.get(f"/guide/?projector={value}")
    assert answer.status_code == 200
    assert "projector" not in answer.cookies


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/"])
def test_the_switch_leads_to_no_other_host(client, path):
    location = client.generic("GET", path, QUERY_STRING="projector=on").headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_a_cache_is_told_that_a_page_depends_on_the_cookie(client):
    for path in ("/", "/guide/finders/", "/lab/"):
        assert "Cookie" in client.get(path).headers["Vary"]


def test_a_kept_page_is_kept_in_both_sizes(client, settings):
    settings.DEBUG = False
    pages = [client.get("/guide/runserver/").content for _ in range(2)]
    client.get("/guide/?projector=on")
    large = [client.get("/guide/runserver/").content for _ in range(2)]
    assert pages[0] == pages[1] != large[0] == large[1]
    client.get("/guide/?projector=off")
    assert client.get("/guide/runserver/").content == pages[0]


def test_light_and_dark_are_chosen_on_every_page_and_the_system_decides_otherwise(client):
    assert "data-theme" not in client.get("/guide/").content.decode()
    for theme in ("dark", "light"):
        assert client.get(f"/guide/?theme={theme}").headers["Location"] == "/guide/"
        page = client.get("/symptoms/").content.decode()
        assert f'data-theme="{theme}"' in page
        assert f'href="?theme={theme}"' not in page
        assert 'href="?theme=system"' in page
    client.get("/guide/?theme=system")
    assert "data-theme" not in client.get("/guide/").content.decode()


def test_two_preferences_can_stand_in_one_address(client):
    answer = client.get("/guide/?theme=dark&a=b&projector=on")
    assert answer.headers["Location"] == "/guide/?a=b"
    page = client.get("/guide/").content.decode()
    assert ON in page
    assert 'data-theme="dark"' in page


def test_a_kept_page_is_kept_in_each_theme(client, settings):
    settings.DEBUG = False
    client.get("/guide/runserver/")
    client.get("/guide/?theme=dark")
    assert 'data-theme="dark"' in client.get("/guide/runserver/").content.decode()
