import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from gallery.models import Photo
from tests.gallery.folders import files_in
from tests.gallery.images import HTML, SVG, camera_jpeg, encoded, png_that_claims, upright

pytestmark = pytest.mark.django_db


def upload(client, content, name="photo.jpg", content_type="image/jpeg", **fields):
    return client.post(reverse("gallery:upload"), {"image": SimpleUploadedFile(name, content, content_type), **fields})


def test_a_good_upload_redirects_to_its_photo_and_leaves_one_row_and_its_files(client, media_root):
    response = upload(client, camera_jpeg(6))
    photo = Photo.objects.get()
    assert response.status_code == 302
    assert response.url == photo.get_absolute_url()
    assert files_in(media_root) == sorted(photo.file_names())
    assert files_in(media_root) == [
        photo.image.name,
        *(
            photo.image.name.replace("photos", "renditions").replace(".jpg", tail)
            for tail in ("-120.avif", "-120.jpg", "-120.webp")
        ),
    ]
    assert (photo.width, photo.height) == (120, 80)


def test_the_stored_name_is_ours_whatever_the_visitor_calls_the_file(client):
    for name in ("../../app.css", "x" * 300 + ".png", "<b>.jpg", "con.jpg", ".htaccess", "-rf.jpg", "ÿ\u202egpj.exe"):
        upload(client, camera_jpeg(), name=name)
    names = list(Photo.objects.values_list("image", flat=True))
    assert len(names) == 7
    assert all(re.fullmatch(r"photos/[0-9a-f]{32}\.jpg", name) for name in names)


def test_a_visitors_file_name_is_escaped_on_the_page(client):
    upload(client, camera_jpeg(), name="<img src=x onerror=alert(1)>.jpg")
    page = client.get(reverse("gallery:index")).content
    assert b"<img src=x" not in page
    assert b"&lt;img src=x" in page


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (HTML, "page.png", "HTML page"),
        (b"", "empty.png", "empty (0 bytes)"),
        (SVG, "drawing.svg", "SVG"),
        (png_that_claims(30000, 30000), "bomb.png", "900 megapixels"),
        (b"\xff" * (10 * 1024 * 1024 + 1), "large.jpg", "10.0\xa0MB are taken"),
    ],
    ids=["html", "empty", "svg", "bomb", "large"],
)
def test_a_bad_upload_gets_a_plain_message_and_leaves_nothing_behind(client, media_root, content, name, says):
    response = upload(client, content, name=name)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not Photo.objects.exists()
    assert not files_in(media_root)


def test_a_temporary_folder_that_is_full_or_gone_does_not_matter(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not there"
    large = camera_jpeg() + bytes(3 * 1024 * 1024)  # Django's own handlers would put that on the disk
    assert upload(client, large).status_code == 302


def test_a_form_without_a_file_says_that_none_came(client):
    assert b"No file came" in client.post(reverse("gallery:upload")).content


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(client, settings):
    content = camera_jpeg()
    settings.MAX_UPLOAD_BYTES = len(content)
    assert upload(client, content).status_code == 302
    assert upload(client, content + b"\0").status_code == 200


def test_a_body_that_declares_too_much_is_answered_413_unread(client):
    response = client.post(
        reverse("gallery:upload"), b"", content_type="text/plain", CONTENT_LENGTH=str(300 * 1024 * 1024)
    )
    assert response.status_code == 413
    assert b"none of it was read" in response.content


def test_deleting_a_photo_takes_its_file_too(client, media_root, django_capture_on_commit_callbacks):
    upload(client, camera_jpeg())
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("gallery:delete", args=[Photo.objects.get().pk]))
    assert response.status_code == 302
    assert not Photo.objects.exists()
    assert not files_in(media_root)


def test_the_admins_bulk_delete_takes_the_files_too(client, media_root, django_capture_on_commit_callbacks):
    upload(client, camera_jpeg())
    with django_capture_on_commit_callbacks(execute=True):
        Photo.objects.all().delete()
    assert not files_in(media_root)


def test_a_row_that_cannot_be_written_takes_its_file_away_again(client, media_root):
    def refuse(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "gallery_photo"'):
            raise RuntimeError("planted")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(RuntimeError, match="planted"):
        upload(client, camera_jpeg())
    assert not files_in(media_root)


def test_deleting_needs_a_post(client):
    upload(client, camera_jpeg())
    assert client.get(reverse("gallery:delete", args=[Photo.objects.get().pk])).status_code == 405


def test_a_photo_whose_file_is_gone_says_so(client):
    upload(client, camera_jpeg())
    photo = Photo.objects.get()
    photo.storage.delete(photo.image.name)
    assert b"its file is gone" in client.get(photo.get_absolute_url()).content


def test_the_gallery_has_pages_and_a_page_past_the_end_is_the_last(client):
    content = encoded(upright((8, 8)), "PNG")
    for _ in range(13):
        upload(client, content)
    assert b"Page 1 of 2" in client.get(reverse("gallery:index")).content
    assert b"Page 2 of 2" in client.get(reverse("gallery:index"), {"page": "99"}).content
    assert client.get(reverse("gallery:index"), {"page": "x"}).status_code == 200


def test_where_no_route_serves_media_the_page_says_so_and_shows_no_broken_picture(client):
    upload(client, camera_jpeg())
    photo = Photo.objects.get()
    with override_settings(ROOT_URLCONF="tests.gallery.urls_without_media"):
        page = client.get(photo.get_absolute_url()).content.decode()
    assert "nobody serves it here" in page
    assert f'<img src="{photo.image.url}"' not in page
