"""DATABASE_URL, read."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mysite import database


def read(url):
    chosen = database.from_url(url)
    return tuple(chosen[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT"))


def test_a_file_of_sqlite_is_a_path():
    assert database.from_url("sqlite:////srv/my%20site/db.sqlite3")["NAME"] == Path("/srv/my site/db.sqlite3")


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgres://ann:secret@db.example.com:6432/site", ("site", "ann", "secret", "db.example.com", "6432")),
        ("postgresql://ann@localhost/site", ("site", "ann", "", "localhost", "")),
        ("postgres:///site", ("site", "", "", "", "")),
        ("postgres://ann:a%2Fb%40c%3Ad%25@[::1]:5432/site", ("site", "ann", "a/b@c:d%", "::1", "5432")),
        ("postgres://ann@%2Fvar%2Frun%2FPostgreSQL:5433/site", ("site", "ann", "", "/var/run/PostgreSQL", "5433")),
        ("postgres://ann@%2fvar%2frun/site", ("site", "ann", "", "/var/run", "")),
    ],
)
def test_a_postgresql_is_read_with_everything_percent_encoded(url, parts):
    assert read(url) == parts


def test_what_follows_the_question_mark_goes_to_the_driver():
    options = database.from_url("postgres://ann@db/site?sslmode=require")["OPTIONS"]
    assert options["sslmode"] == "require"


def test_each_process_lends_out_as_many_connections_as_it_is_given():
    assert database.from_url("postgres://ann@db/site", pool_size=7)["OPTIONS"]["pool"]["max_size"] == 7


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ann:secret@db/site",
        "postgres://ann:secret@db",
        "postgres://ann:secret@db:many/site",
        "postgres://ann:sec/ret@db/site",
    ],
)
def test_what_cannot_be_read_is_said_without_the_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        database.from_url(url)
    assert "DATABASE_URL" in str(refused.value)
    assert "sec" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
