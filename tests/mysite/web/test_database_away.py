"""A database that does not answer is a 503 with a page that asks it nothing; a fault of ours stays a 500."""

import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client

from mysite.web import views

AWAY = OperationalError('connection to server at "db.internal", user "ann", password "hunter2" failed')


@pytest.fixture
def visitor(monkeypatch, settings):
    """One with a session, which is in the database as well."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "0123456789abcdef0123456789abcdef"
    return client


@pytest.fixture
def database(monkeypatch):
    def fails_with(error):
        def cursor(*_):
            raise error

        monkeypatch.setattr(connection, "cursor", cursor)

    return fails_with


@pytest.mark.parametrize("error", [AWAY, InterfaceError("connection already closed"), OperationalError("is locked")])
@pytest.mark.parametrize("path", ["/gallery/", "/?query"])  # the page cache keeps no page with a query
def test_a_page_that_needs_a_database_that_is_away_is_a_503_in_the_sites_own_look(visitor, database, error, path):
    database(error)
    response = visitor.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "no-store" in response["Cache-Control"]
    assert b"The database does not answer" in response.content
    assert b'class="masthead"' in response.content
    assert b"hunter2" not in response.content


def test_it_is_logged_with_what_the_database_said(visitor, database, caplog):
    database(AWAY)
    visitor.get("/gallery/")
    assert "db.internal" in caplog.text


def test_a_script_gets_the_sentence_as_json(visitor, database):
    database(AWAY)
    response = visitor.get("/gallery/", headers={"accept": "application/json"})
    assert response.status_code == 503
    assert response.json()["message"] == views.AWAY


def test_what_the_page_needs_may_be_away_too(visitor, database, monkeypatch):
    def render(*_):
        raise ValueError("no manifest")

    database(AWAY)
    monkeypatch.setattr(views, "render_to_string", render)
    response = visitor.get("/gallery/")
    assert (response.status_code, response["Content-Type"]) == (503, "text/plain")


@pytest.mark.parametrize("error", [DataError("x"), OperationalError("no such table: gallery_photo"), ValueError("x")])
def test_a_fault_of_ours_is_a_500_as_before(visitor, database, error):
    database(error)
    assert visitor.get("/gallery/").status_code == 500
