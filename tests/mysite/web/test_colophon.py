"""The foot of each page: what made it, and in how long."""

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
