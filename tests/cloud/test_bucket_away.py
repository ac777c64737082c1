"""A bucket that fails in the middle of an upload: a clear page in time, no row, and everything else goes on."""

import threading
import time

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from gallery.models import Photo
from tests.cloud.broken import BrokenS3
from tests.cloud.conftest import Bucket
from tests.gallery.images import camera_jpeg
from tests.gallery.test_uploads import upload

WAYS = ["refuse", "stall", "trickle", "reset", "half body", 500, 503, 403]
LATER = ["stall", "reset", 503]  # these also after seven requests went well
BAR = 15  # seconds


@pytest.fixture
def broken(cloud, settings):
    servers = []

    def broken(misbehave, good=0, patience=1.0):
        """`patience` in place of the ten seconds that visitors have; None keeps those."""
        servers.append(BrokenS3(misbehave, good))
        cloud(servers[-1].endpoint)
        if patience:
            settings.STORAGES = {alias: hurried(storage, patience) for alias, storage in settings.STORAGES.items()}
        storages["default"].connection  # noqa: B018 (making it takes long here, and asks the bucket nothing)
        return servers[-1]

    yield broken
    for server in servers:
        server.close()


def hurried(storage, patience):
    if storage["BACKEND"] != "gallery.bucket.BucketStorage":
        return storage
    return {**storage, "OPTIONS": {**storage["OPTIONS"], "patience": patience}}


@pytest.mark.django_db
@pytest.mark.parametrize(("misbehave", "good"), [*((way, 0) for way in WAYS), *((way, 7) for way in LATER)])
def test_a_bucket_that_fails_is_a_clear_503_in_time_and_no_row(client, broken, misbehave, good):
    server = broken(misbehave, good)
    begun = time.monotonic()
    response = upload(client, camera_jpeg(1, (800, 500)))
    took = time.monotonic() - begun
    assert response.status_code == 503
    assert "The photo was not kept: send it again in a minute." in response.content.decode()
    assert took < BAR
    assert not Photo.objects.exists()
    assert misbehave == "refuse" or len(server.requests) > good


@pytest.mark.django_db
def test_with_the_settings_that_visitors_have_it_takes_no_longer_either(client, broken):
    broken("trickle", good=3, patience=None)
    begun = time.monotonic()
    assert upload(client, camera_jpeg(1, (800, 500))).status_code == 503
    assert time.monotonic() - begun < BAR


@pytest.mark.django_db
def test_several_photos_do_not_wait_one_after_the_other_for_a_bucket_that_is_away(client, broken):
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken("stall")
    photos = [SimpleUploadedFile(f"{number}.jpg", camera_jpeg()) for number in range(5)]
    begun = time.monotonic()
    response = client.post(reverse("gallery:upload"), {"image": photos}, headers={"Accept": "application/json"})
    assert time.monotonic() - begun < BAR
    assert response.status_code == 503
    assert [photo["kept"] for photo in response.json()["photos"]] == [False] * 5


@pytest.mark.django_db
def test_no_page_asks_the_bucket_anything_so_none_waits_while_it_is_away(client, broken, cloud, s3):
    from django.core.management import call_command

    cloud(s3.endpoint, S3_BUCKET="goes-away")
    call_command("makebucket")
    assert upload(client, camera_jpeg()).status_code == 302
    private = upload(client, camera_jpeg(), private="on")
    photo = Photo.objects.latest("pk")
    server = broken("stall")
    for path in ("/", reverse("gallery:index"), reverse("gallery:upload"), private["Location"], photo.image.url):
        assert client.get(path).status_code in (200, 302)
    assert server.requests == []


@pytest.mark.django_db
def test_a_photo_can_be_deleted_while_the_bucket_is_away_and_the_audit_gets_the_rest(
    client, broken, cloud, s3, django_capture_on_commit_callbacks
):
    from django.core.management import call_command

    cloud(s3.endpoint, S3_BUCKET="away-for-a-while")
    call_command("makebucket")
    for _ in range(2):
        upload(client, camera_jpeg())
    photo = Photo.objects.first()
    broken("refuse")
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("gallery:delete", args=[photo.pk])).status_code == 302
    assert time.monotonic() - begun < BAR
    cloud(s3.endpoint, S3_BUCKET="away-for-a-while")
    assert len(Bucket("away-for-a-while", s3.endpoint).names()) == 8
    call_command("media", "audit", "--fix", "--grace", "0")
    kept = Photo.objects.get()
    assert Bucket("away-for-a-while", s3.endpoint).names() == sorted(f"media/{name}" for name in kept.file_names())


@pytest.mark.django_db
def test_when_the_last_object_is_refused_the_others_go_again(client, bucket, monkeypatch):
    from gallery.bucket import BucketStorage

    save = BucketStorage.save

    def refuse_the_original(storage, name, content):
        saved = save(storage, name, content)
        if name.startswith("photos/"):
            raise ConnectionResetError("the answer got lost")  # though the object is there
        return saved

    monkeypatch.setattr(BucketStorage, "save", refuse_the_original)
    assert upload(client, camera_jpeg()).status_code == 503
    assert bucket.names() == []
    assert not Photo.objects.exists()


def test_many_threads_share_one_connection_to_the_bucket(cloud, s3):
    cloud(s3.endpoint)
    seen = set()
    threads = [threading.Thread(target=lambda: seen.add(id(storages["default"].connection))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 1


def test_a_page_of_public_addresses_asks_the_bucket_nothing(broken):
    server = broken(500)
    assert storages["default"].url("photos/a.jpg").endswith("/photos/media/photos/a.jpg")
    assert storages["private"].url("photos/a.jpg")
    assert server.requests == []


@pytest.mark.django_db
def test_a_client_that_was_refused_may_send_again_once_the_bucket_is_back(broken, bucket, cloud, s3):
    client = Client()
    broken("refuse")
    assert upload(client, camera_jpeg()).status_code == 503
    cloud(s3.endpoint, S3_BUCKET=bucket.name)
    assert upload(client, camera_jpeg()).status_code == 302
