"""A shared link brings a picture of the site."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_a_page_names_its_picture_by_the_whole_address(client):
    page = client.get("/guide/").content.decode()
    address = re.search(r'<meta property="og:image" content="([^"]+)"', page)[1]
    assert address.startswith("http://testserver/static/site/card")


def test_a_foreign_host_is_refused_without_one(client):
    page = client.get("/guide/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert b"og:image" not in page.content
    assert b"evil" not in page.content
