import json
import threading
import time

import pytest
from django.core.files.storage import storages
from django.db import OperationalError

from mysite.serving import health


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def ask(client):
    response = client.get("/healthz")
    return response.status_code, json.loads(response.content)


@pytest.mark.django_db
def test_a_healthy_site_says_so_for_every_part(client, tmp_path):
    assert ask(client) == (200, {"database": "ok", "media": "ok", "static": "ok"})
    assert list((tmp_path / "media").iterdir()) == []


@pytest.mark.django_db
def test_it_is_never_cached(client):
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]


@pytest.mark.django_db
def test_a_place_for_uploads_that_cannot_be_written_to_is_named(client, tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    status, parts = ask(client)
    assert status == 503
    assert parts == {"database": "ok", "media": "cannot be written to", "static": "ok"}


def test_a_database_that_is_away_is_named_without_its_address(client, monkeypatch, tmp_path):
    class Away:
        def cursor(self):
            raise OperationalError('connection to server at "db.internal", user "ann", password "hunter2" failed')

        def close(self):
            pass

    monkeypatch.setattr(health, "connection", Away())
    response = client.get("/healthz")
    assert response.status_code == 503
    assert json.loads(response.content)["database"] == "does not answer"
    assert b"hunter2" not in response.content


@pytest.mark.django_db
def test_a_hashed_storage_without_its_manifest_is_named(settings, tmp_path, monkeypatch):
    alias = {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": {"location": tmp_path},
    }
    monkeypatch.setattr(health, "staticfiles_storage", storages.create_storage(alias))
    settings.DEBUG = False
    assert "manage.py release" in health.SITE.report()["static"]


@pytest.mark.django_db
def test_only_get_and_head_are_answered(client):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_a_part_that_never_ends_is_named_in_time_and_the_others_are_answered_for():
    over = threading.Event()
    parts = health.Parts({"slow": lambda: over.wait(30), "slow_as_well": lambda: over.wait(30), "quick": lambda: None})
    began = time.monotonic()
    assert parts.report(0.3) == {"slow": "does not answer", "slow_as_well": "does not answer", "quick": "ok"}
    assert time.monotonic() - began < 2
    over.set()


def test_however_often_one_asks_a_hanging_part_keeps_one_thread():
    over, begun = threading.Event(), []

    def hang():
        begun.append(1)
        over.wait(30)

    parts = health.Parts({"slow": hang})
    assert [parts.report(0.05)["slow"] for _ in range(20)] == ["does not answer"] * 20
    assert len(begun) == 1
    over.set()
    for _ in range(2):  # the first may still be the answer of the one that hung
        assert parts.report(5)["slow"] == "ok"
    assert len(begun) > 1, "it is asked again once it has ended"
