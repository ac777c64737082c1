"""The pages for errors."""

import re

import pytest
from django.test import Client

FORM = "multipart/form-data; boundary=B"
FIELD = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
FILE = b'--B\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nx\r\n'


@pytest.mark.parametrize("body", [FIELD + b"x" * 3_000_000, FILE * 1500], ids=["3 MB of text", "1,500 files"])
def test_a_form_that_django_refuses_to_read_is_a_404_where_no_page_is(body):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a1" * 16  # without one, Django does not read the form
    response = client.generic("POST", "/nobody/", body + b"\r\n--B--\r\n", FORM)
    assert response.status_code == 404
    assert "No page of this site has the address" in response.content.decode()


@pytest.mark.django_db
def test_the_404_page_draws_how_far_this_request_got_and_offers_to_search_for_it(client, settings):
    page = client.get("/shop/basket.css", SERVER_SOFTWARE="gunicorn/27").content.decode()
    names = re.findall(r'<th scope="col">([^<]+)</th>', page)
    assert names[0] == "gunicorn"
    assert names[-1] == "URLs"
    assert len(names) == len(settings.MIDDLEWARE) + 2
    assert page.count('<span class="unseen">passed</span>') == len(names) - 1
    assert '<b class="stamp nobody">✗ 404</b>' in page
    assert re.search(r"<textarea[^>]*>/shop/basket\.css</textarea>", page)


@pytest.mark.django_db
def test_a_view_that_has_nothing_of_that_name_is_one_station_further(client):
    page = client.get("/guide/no-such-chapter/").content.decode()
    assert '<th scope="col">view</th>' in page
    assert '<b class="stamp wrong">✗ 404</b>' in page


@pytest.mark.django_db
def test_behind_nginx_that_stands_first(client, settings):
    settings.TRUSTED_FRONT = "secret"
    page = client.get("/nowhere/", headers={"x-front": "secret"}).content.decode()
    assert re.search(r'<th scope="col">([^<]+)</th>', page)[1] == "nginx"


@pytest.mark.django_db
def test_the_500_page_draws_it_too_and_says_how_to_ask(client, monkeypatch):
    monkeypatch.setattr("guide.views.render", None)  # the view fails
    client.raise_request_exception = False
    response = client.get("/guide/glossary/?a")
    page = response.content.decode()
    assert response.status_code == 500
    assert '<b class="stamp wrong">✗ 500</b>' in page
    assert "python manage.py why" in page
