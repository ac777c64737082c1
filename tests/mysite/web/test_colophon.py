"""The foot of each page: what made it, and in how long."""

import gzip
import re

import django
import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/guide/", "/nowhere/"])
def test_every_page_says_which_django_made_it_in_how_many_milliseconds(client, path):
    page = client.get(path).content.decode()
    assert f"Django {django.get_version()}" in page
    assert re.search(r"made in \d+ ms", page)


def test_every_page_has_the_map_of_the_site(client):
    page = client.get("/nowhere/").content.decode()
    for path in ("/guide/", "/symptoms/", "/lab/", "/lab/who-serves-what/", "/workshop/", "/search/", "/settings/"):
        assert f'href="{path}"' in page.split("<footer", 1)[1]


def test_a_page_states_its_size_and_that_of_its_compressed_answer(client):
    answer = client.get("/own-project/", headers={"accept-encoding": "gzip"})
    plain = gzip.decompress(answer.content)
    assert f"{len(plain) / 1000:.1f} kB of HTML, {len(answer.content) / 1000:.1f} kB on the wire" in plain.decode()
    assert answer["Content-Length"] == str(len(answer.content))
    assert "Accept-Encoding" in answer["Vary"]


def test_a_page_that_is_kept_states_the_size_of_the_answer_that_was_asked_for(client):
    for _ in range(2):
        zipped, plain = (
            client.get("/guide/", headers={"accept-encoding": "gzip"}).content,
            client.get("/guide/").content,
        )
        assert f"{len(zipped) / 1000:.1f} kB on the wire" in gzip.decompress(zipped).decode()
        assert f"{len(plain) / 1000:.1f} kB of HTML, not compressed" in plain.decode()


def test_a_page_with_a_secret_in_it_is_not_compressed(client):
    answer = client.get("/gallery/upload/", headers={"accept-encoding": "gzip"})
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert "not compressed" in answer.content.decode()
