import http.client
import importlib
import os
import secrets
import sys
from urllib.parse import urlsplit

import boto3
import pytest
from django.core.management import call_command

from mysite.machine.environment import Environment
from mysite.machine.needs import POSTGRESQL
from tests.cloud.services import S3, PostgreSQL
from tests.left_out import without


@pytest.fixture(scope="session")
def postgresql_programs():
    """The folder with initdb and postgres."""
    return POSTGRESQL.find(Environment.current()) or without(POSTGRESQL)


@pytest.fixture(scope="session")
def postgresql(postgresql_programs):
    server = PostgreSQL(postgresql_programs)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def s3():
    server = S3()
    yield server
    server.stop()


def variables(endpoint, database="postgres://nobody@127.0.0.1/none", **more):
    """What mysite.settings.cloud needs."""
    return {
        "SECRET_KEY": "a key for tests, of which nothing depends but the tests that it has more than fifty letters",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "DATABASE_URL": database,
        "S3_BUCKET": "photos",
        "S3_REGION": "eu-central-1",
        "S3_ENDPOINT": endpoint,
        "AWS_ACCESS_KEY_ID": "a-key",
        "AWS_SECRET_ACCESS_KEY": "its-secret",
        "LOCAL_HTTP": "1",
        **more,
    }


@pytest.fixture
def cloud(settings, monkeypatch):
    """Gives this process the storages of mysite.settings.cloud; the database stays that of the tests."""

    def at(endpoint, **more):
        for name in [name for name in os.environ if name.startswith(("S3_", "AWS_", "MEDIA_"))]:
            monkeypatch.delenv(name)
        for name, value in variables(endpoint, **more).items():
            monkeypatch.setenv(name, value)
        for name in ("base", "prod", "cloud"):  # they read the environment when they are imported
            monkeypatch.delitem(sys.modules, f"mysite.settings.{name}", raising=False)
        chosen = importlib.import_module("mysite.settings.cloud")
        # Nothing is collected here, so static files keep the storage of the tests.
        settings.STORAGES = {**chosen.STORAGES, "staticfiles": settings.STORAGES["staticfiles"]}
        for name in ("MEDIA_URL", "PRIVATE_MEDIA_REDIRECT", "SECURE_CSP", "CONTENT_SECURITY_POLICY"):
            setattr(settings, name, getattr(chosen, name))
        return chosen

    return at


@pytest.fixture
def bucket(cloud, s3):
    """A new bucket on the S3 server, and a client that looks into it past Django."""
    name = f"photos-{secrets.token_hex(4)}"
    cloud(s3.endpoint, S3_BUCKET=name)
    call_command("makebucket")
    return Bucket(name, s3.endpoint)


class Bucket:
    def __init__(self, name, endpoint):
        self.name = name
        self.endpoint = endpoint
        session = boto3.Session(aws_access_key_id="a-key", aws_secret_access_key="its-secret")
        self.client = session.client("s3", endpoint_url=endpoint, region_name="eu-central-1")

    def names(self):
        found = self.client.list_objects_v2(Bucket=self.name).get("Contents", [])
        return sorted(entry["Key"] for entry in found)

    def put(self, key, content=b"x"):
        self.client.put_object(Bucket=self.name, Key=key, Body=content)

    def head(self, key):
        return self.client.head_object(Bucket=self.name, Key=key)


def fetch(url):
    """Status, headers and body, of a visitor who has no key."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()
