"""PostgreSQL goes away under a running site, and comes back."""

import http.client
import time

import pytest

from tests.cloud.conftest import Bucket, variables
from tests.cloud.services import PATIENCE, PostgreSQL
from tests.gallery.images import camera_jpeg
from tests.gallery.servers import Server, Visitor


@pytest.fixture
def postgresql(postgresql_programs):
    """One of its own: the others' must not go away."""
    server = PostgreSQL(postgresql_programs)
    yield server
    server.stop()


@pytest.fixture
def site(tmp_path, static_root, postgresql, s3):
    environ = variables(s3.endpoint, postgresql.new_database(), S3_BUCKET="database-away")
    site = Server(tmp_path, static_root, **environ | {"DJANGO_SETTINGS_MODULE": "mysite.settings.cloud"})
    site.manage("release")
    site.manage("makebucket")
    site.start()
    yield site
    site.kill()


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


def test_while_postgresql_is_away_pages_that_need_it_are_a_503_and_all_is_well_when_it_is_back(site, postgresql, s3):
    visitor = Visitor(site.port)
    visitor.open_form()
    assert visitor.upload(("before.jpg", camera_jpeg()))[0] == 201
    postgresql.pause()

    began = time.monotonic()
    status, headers, body = get(site.port, "/gallery/")
    assert time.monotonic() - began < 15
    assert (status, headers["Retry-After"]) == (503, "30")
    assert "no-store" in headers["Cache-Control"]
    assert "The database does not answer" in body
    assert "site/tokens" in body, "in the site's own look"
    assert "Traceback" not in body
    status, answer = visitor.upload(("lost.jpg", camera_jpeg()))
    assert (status, "kept" in answer["message"]) == (503, True)
    assert get(site.port, "/guide/")[0] == 200, "a page that needs no database"
    assert "connection" in site.log.read_text()
    assert len(Bucket("database-away", s3.endpoint).names()) == len(set(site_files(site, postgresql)))


def site_files(site, postgresql):
    """The files that rows name, once the database is back and pages answer again."""
    postgresql.start()
    end = time.monotonic() + PATIENCE
    while get(site.port, "/gallery/")[0] != 200:
        assert time.monotonic() < end, site.log.read_text()[-2000:]
        time.sleep(0.2)
    return [name for names in site.photos().values() for name in names]
