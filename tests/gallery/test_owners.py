"""Whose photo it is: sessions, private photos, quotas."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gallery.models import Photo
from tests.gallery.folders import files_in
from tests.gallery.images import camera_jpeg
from tests.gallery.test_uploads import upload

pytestmark = pytest.mark.django_db


def uploaded(client, **fields):
    assert upload(client, camera_jpeg(), **fields).status_code == 302
    return Photo.objects.latest("pk")


@pytest.mark.parametrize("action", ["delete", "replace"])
def test_only_the_session_that_sent_a_photo_may_change_it(client, media_root, action):
    photo = uploaded(client)
    before = files_in(media_root)
    assert Client().post(reverse(f"gallery:{action}", args=[photo.pk])).status_code == 404
    stranger = Client()
    uploaded(stranger, name="other.jpg")
    assert stranger.post(reverse(f"gallery:{action}", args=[photo.pk])).status_code == 404
    assert set(before) <= set(files_in(media_root))


def test_a_sample_photo_belongs_to_nobody_not_even_to_a_visitor_without_a_key(client):
    photo = uploaded(client)
    Photo.objects.update(owner="")
    assert client.post(reverse("gallery:delete", args=[photo.pk])).status_code == 404
    assert b"belongs to nobody" in Client().get(photo.get_absolute_url()).content


def test_a_strangers_page_offers_neither_delete_nor_replace(client):
    photo = uploaded(client)
    assert b"Delete, file too" in client.get(photo.get_absolute_url()).content
    assert b"<button>Delete" not in Client().get(photo.get_absolute_url()).content


def test_the_owners_key_is_on_no_page(client):
    photo = uploaded(client)
    for path in (reverse("gallery:index"), photo.get_absolute_url(), reverse("gallery:upload")):
        assert photo.owner.encode() not in client.get(path).content


def test_a_private_photos_files_lie_outside_media_root(client, media_root, settings):
    photo = uploaded(client, private="on")
    assert files_in(media_root) == []
    assert files_in(settings.PRIVATE_MEDIA_ROOT) == sorted(photo.file_names())
    assert not str(settings.PRIVATE_MEDIA_ROOT).startswith(f"{media_root}/")


def test_a_private_photo_is_seen_by_its_owner_only(client):
    photo = uploaded(client, private="on", name="secret.jpg")
    urls = [photo.image.url, photo.fallback_url, *re.findall(r"/gallery/\S+", photo.sources[0][1])]
    strangers = [Client(), Client()]
    uploaded(strangers[1])
    for url in [photo.get_absolute_url(), *urls]:
        assert client.get(url).status_code == 200
        assert [stranger.get(url).status_code for stranger in strangers] == [404, 404]
    assert b"secret.jpg" in client.get(reverse("gallery:index")).content
    for path in (reverse("gallery:index"), "/"):
        assert b"secret.jpg" not in strangers[0].get(path).content


def test_the_public_route_does_not_know_a_private_file(client, settings):
    photo = uploaded(client, private="on")
    assert client.get(f"{settings.MEDIA_URL}{photo.image.name}").status_code == 404


def test_a_private_file_comes_with_its_type_a_sandbox_and_no_place_in_a_shared_cache(client):
    photo = uploaded(client, private="on")
    for url, content_type in ((photo.image.url, "image/jpeg"), (photo.sources[0][1].split()[0], "image/avif")):
        response = client.get(url)
        assert response["Content-Type"] == content_type
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        assert b"".join(response.streaming_content)


@pytest.mark.parametrize("name", ["..%2f..%2fdb.sqlite3", "other.jpg", "%00", "x" * 300])
def test_a_private_file_has_no_other_names(client, name):
    photo = uploaded(client, private="on")
    assert client.get(f"/gallery/{photo.pk}/file/{name}").status_code == 404


def test_a_public_photo_has_no_checked_address(client):
    photo = uploaded(client)
    name = photo.image.name.rpartition("/")[2]
    assert client.get(reverse("gallery:file", args=[photo.pk, name])).status_code == 404


def test_under_nginx_the_view_only_tells_where_the_file_lies(client, settings):
    photo = uploaded(client, private="on")
    settings.MEDIA_ACCEL_PREFIX = "/_private/"
    settings.TRUSTED_FRONT = "nginx"
    response = client.get(photo.image.url, headers={"X-Front": "nginx"})
    assert response["X-Accel-Redirect"] == f"/_private/{photo.image.name}"
    assert response.content == b""
    assert Client().get(photo.image.url, headers={"X-Front": "nginx"}).status_code == 404


@pytest.mark.parametrize(("trusted", "claimed"), [("", ""), ("", "nginx"), ("secret", "nginx"), ("secret", "")])
def test_whoever_only_claims_to_be_nginx_gets_the_file_from_the_view(client, settings, trusted, claimed):
    photo = uploaded(client, private="on")
    settings.TRUSTED_FRONT = trusted
    response = client.get(photo.image.url, headers={"X-Front": claimed})
    assert "X-Accel-Redirect" not in response
    assert b"".join(response.streaming_content)


def test_a_private_file_that_is_lost_is_a_404_for_its_owner_too(client):
    photo = uploaded(client, private="on")
    photo.storage.delete(photo.image.name)
    assert client.get(photo.image.url).status_code == 404


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("SESSION_MAX_PHOTOS", "You have 1 photo"),
        ("SESSION_MAX_BYTES", "Your photos take"),
        ("SESSION_MAX_RECENT", "within ten minutes"),
    ],
)
def test_a_session_that_has_enough_is_told_so_and_another_at_the_same_address_is_not(client, settings, setting, says):
    uploaded(client)
    setattr(settings, setting, 1)
    response = upload(client, camera_jpeg())
    assert response.status_code == 429
    assert says in response.content.decode()
    assert Photo.objects.count() == 1
    uploaded(Client())


def test_staff_may_delete_any_photo_in_the_admin(client, admin_client, media_root, django_capture_on_commit_callbacks):
    photo = uploaded(client)
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/gallery/photo/{photo.pk}/delete/", {"post": "yes"})
    assert not Photo.objects.exists()
    assert files_in(media_root) == []


def test_replacing_puts_new_files_in_place_and_takes_the_old_ones_away(
    client, media_root, django_capture_on_commit_callbacks
):
    photo = uploaded(client)
    old = photo.image.name
    from django.core.files.uploadedfile import SimpleUploadedFile

    with django_capture_on_commit_callbacks(execute=True):
        sent = {"image": SimpleUploadedFile("new.jpg", camera_jpeg(1, (200, 100)))}
        assert client.post(reverse("gallery:replace", args=[photo.pk]), sent).status_code == 302
    photo.refresh_from_db()
    assert photo.image.name != old
    assert (photo.original_name, photo.width, photo.height) == ("new.jpg", 200, 100)
    assert files_in(media_root) == sorted(photo.file_names())


def test_a_refused_replacement_changes_nothing(client, media_root):
    from django.core.files.uploadedfile import SimpleUploadedFile

    photo = uploaded(client)
    before = files_in(media_root)
    response = client.post(reverse("gallery:replace", args=[photo.pk]), {"image": SimpleUploadedFile("x.jpg", b"%PDF")})
    assert response.status_code == 200
    assert b"PDF" in response.content
    assert files_in(media_root) == before


def test_of_a_deletion_and_a_replacement_at_once_neither_leaves_a_file(
    client, media_root, django_capture_on_commit_callbacks
):
    from gallery import pictures

    photo = uploaded(client)
    same = Photo.objects.get(pk=photo.pk)
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    picture = pictures.read(camera_jpeg(), pictures.Limits(1_000_000, 1 << 28))
    assert same.replace(picture, "late.jpg", 1) is False
    assert files_in(media_root) == []
