"""The gallery on a real HTTP S3 server, unchanged: only STORAGES differs."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gallery import audit, files
from gallery.models import Photo
from tests.cloud.broken import BrokenS3
from tests.cloud.conftest import Bucket, fetch
from tests.gallery.images import camera_jpeg
from tests.gallery.test_uploads import upload

pytestmark = pytest.mark.django_db

NOW = timedelta(0)


def uploaded(client, **fields):
    assert upload(client, camera_jpeg(1, (800, 500)), **fields).status_code == 302
    return Photo.objects.latest("pk")


def keys(photo):
    folder = "private" if photo.private else "media"
    return sorted(f"{folder}/{name}" for name in photo.file_names())


def kinds():
    return sorted((finding.kind, finding.name) for finding in audit.audit(NOW).findings)


# Public photos


def test_a_photo_and_its_renditions_are_objects_that_everybody_may_get(client, bucket):
    photo = uploaded(client)
    assert bucket.names() == keys(photo)
    assert len(bucket.names()) == 8
    for url in (photo.image.url, photo.fallback_url, photo.sources[0][1].split()[0]):
        assert url.startswith(f"{bucket.endpoint}/{bucket.name}/media/")
        assert "?" not in url
        status, headers, _body = fetch(url)
        assert status == 200
        assert headers["Content-Type"].startswith("image/")
        assert headers["Cache-Control"] == "max-age=86400, public"


def test_the_page_shows_the_photo_from_the_bucket_and_says_where_it_lies(client, bucket):
    photo = uploaded(client)
    page = client.get(photo.get_absolute_url()).content.decode()
    assert photo.fallback_url in page
    assert "In the bucket" in page
    assert f"{bucket.name}/media/{photo.image.name}" in page


def test_the_content_security_policy_lets_in_pictures_of_the_bucket_and_nothing_else_of_it(client, bucket):
    policy = client.get(reverse("gallery:index"))["Content-Security-Policy"]
    directives = {words[0]: words[1:] for words in map(str.split, policy.split(";"))}
    assert f"{bucket.endpoint}/{bucket.name}/media/" in directives["img-src"]
    assert bucket.endpoint in directives["img-src"]  # whereto private photos redirect
    assert directives["default-src"] == ["'self'"]


def test_a_second_object_of_one_name_does_not_take_the_firsts_place(bucket):
    assert storages["default"].save("photos/a.jpg", ContentFile(b"first")) == "photos/a.jpg"
    assert storages["default"].save("photos/a.jpg", ContentFile(b"second")) != "photos/a.jpg"
    with storages["default"].open("photos/a.jpg") as file:
        assert file.read() == b"first"


def test_a_taken_name_is_not_kept_and_what_was_there_stays(bucket):
    bucket.put("media/renditions/taken.webp", b"another photo's")
    with pytest.raises(files.NotKept):
        files.write(storages["default"], {"renditions/taken.webp": b"new", "photos/new.jpg": b"new"})
    assert bucket.names() == ["media/renditions/taken.webp"]
    with storages["default"].open("renditions/taken.webp") as file:
        assert file.read() == b"another photo's"


# Private photos


def test_a_private_photo_is_a_signed_address_for_its_owner_and_404_for_anybody_else(client, bucket):
    photo = uploaded(client, private="on")
    assert bucket.names() == keys(photo)
    assert all(name.startswith("private/") for name in bucket.names())
    answer = client.get(photo.image.url)
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
    signed = answer["Location"]
    assert "X-Amz-Signature=" in signed
    assert "X-Amz-Expires=60" in signed
    status, headers, _body = fetch(signed)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "image/jpeg", "private, no-store")
    assert Client().get(photo.image.url).status_code == 404


def test_without_the_signature_a_private_object_is_forbidden(client, bucket):
    photo = uploaded(client, private="on")
    signed = client.get(photo.image.url)["Location"]
    assert fetch(signed.partition("?")[0])[0] == 403


def test_private_photos_may_lie_in_a_bucket_of_their_own(client, cloud, s3):
    cloud(s3.endpoint, S3_BUCKET="open-one", S3_PRIVATE_BUCKET="closed-one")
    call_command("makebucket")
    photo = uploaded(client, private="on")
    assert Bucket("open-one", s3.endpoint).names() == []
    assert Bucket("closed-one", s3.endpoint).names() == keys(photo)
    assert "/closed-one/private/" in client.get(photo.image.url)["Location"]


def test_a_name_in_front_of_the_bucket_is_in_every_public_address_and_in_no_signed_one(client, cloud, s3):
    chosen = cloud(s3.endpoint, S3_BUCKET="behind-a-cdn", MEDIA_ORIGIN="https://media.example.com")
    call_command("makebucket")
    photo = uploaded(client)
    assert photo.image.url == f"https://media.example.com/media/{photo.image.name}"
    assert "https://media.example.com/media/" in chosen.CSP_DIRECTIVES["img-src"]
    private = uploaded(client, private="on")
    assert client.get(private.image.url)["Location"].startswith(f"{s3.endpoint}/behind-a-cdn/private/")


# Deleting, replacing, auditing


def test_deleting_a_photo_deletes_its_objects(client, bucket, django_capture_on_commit_callbacks):
    photo = uploaded(client)
    kept = uploaded(client)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("gallery:delete", args=[photo.pk])).status_code == 302
    assert bucket.names() == keys(kept)


def test_replacing_a_photo_deletes_the_old_objects(client, bucket, django_capture_on_commit_callbacks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    photo = uploaded(client)
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"image": SimpleUploadedFile("new.jpg", camera_jpeg(1, (200, 100)))}
        assert client.post(reverse("gallery:replace", args=[photo.pk]), sent).status_code == 302
    photo.refresh_from_db()
    assert photo.width == 200
    assert bucket.names() == keys(photo)


def test_the_audit_compares_rows_with_the_buckets_listing_and_mends_both(
    client, bucket, django_capture_on_commit_callbacks
):
    lost, whole, private = uploaded(client), uploaded(client), uploaded(client, private="on")
    assert kinds() == []
    missing = whole.file_names()[1]
    bucket.client.delete_object(Bucket=bucket.name, Key=f"media/{missing}")
    bucket.client.delete_object(Bucket=bucket.name, Key=f"media/{lost.image.name}")
    bucket.put("media/photos/stray.jpg")
    bucket.put("private/renditions/stray-320.webp")
    assert kinds() == sorted(
        [
            ("missing rendition", missing),
            ("row without file", lost.image.name),
            ("file without row", "photos/stray.jpg"),
            ("file without row", "renditions/stray-320.webp"),
        ]
    )
    with django_capture_on_commit_callbacks(execute=True):
        call_command("media", "audit", "--fix", "--grace", "0")
    assert kinds() == []
    assert bucket.names() == sorted([*keys(whole), *keys(private)])


def test_a_young_stray_is_left_alone_because_its_upload_may_be_under_way(bucket):
    bucket.put("media/photos/stray.jpg")
    report = audit.audit(timedelta(minutes=15))
    assert (report.findings, report.young) == ((), 1)


def test_a_wrong_bucket_does_not_cost_the_rows(client, bucket, cloud, s3):
    for _ in range(2):
        uploaded(client)
    cloud(s3.endpoint, S3_BUCKET="an-empty-one")
    call_command("makebucket")
    with pytest.raises(CommandError, match="is MEDIA_ROOT the right one, or the bucket"):
        call_command("media", "audit", "--fix", "--grace", "0")
    assert Photo.objects.count() == 2


def test_a_bucket_that_is_away_is_said_in_one_sentence_by_the_audit(cloud):
    broken = BrokenS3("refuse")
    cloud(broken.endpoint)
    with pytest.raises(CommandError, match="cannot be listed"):
        call_command("media", "audit")


def test_making_the_bucket_again_changes_nothing_in_it(client, bucket, capsys):
    photo = uploaded(client)
    call_command("makebucket")
    assert f"Bucket {bucket.name} was there; public in it: media/." in capsys.readouterr().out
    assert bucket.names() == keys(photo)
