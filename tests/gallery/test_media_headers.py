"""What Django sends along with a media file in development."""

import pytest

from gallery.models import Photo
from tests.gallery.images import camera_jpeg
from tests.gallery.test_uploads import upload
from tests.gallery.urls_with_media import served_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(client, settings, media_root):
    settings.ROOT_URLCONF = "tests.gallery.urls_with_media"
    served_from(media_root)
    upload(client, camera_jpeg(1, (400, 300)))
    return Photo.objects.get()


def test_every_file_of_a_photo_comes_with_its_type_a_sandbox_a_cache_policy_and_no_cookie(client, photo):
    types = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
    for name in photo.file_names():
        response = client.get(photo.file_url(name))
        assert response.status_code == 200
        assert response["Content-Type"] == types[name.rpartition(".")[2]]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "public, max-age=86400"
        assert not response.cookies
        assert not response.has_header("Vary")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "NONSENSE"])
def test_a_media_file_is_only_read(client, photo, method):
    response = client.generic(method, photo.image.url)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "photos/",
        "../db.sqlite3",
        "photos/../../db.sqlite3",
        "%2e%2e/db.sqlite3",
        "a%00b",
        "x" * 300,
        "ü" * 200,
        "a/" * 4000,  # every part short enough, all together longer than any path
        "photos",
    ],
)
def test_beside_the_files_there_is_nothing_to_see(client, photo, path):
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert b"SECRET_KEY" not in response.content


def test_a_media_url_on_another_host_is_none_of_ours(settings, photo, client, rf):
    from django.http import HttpResponse

    from gallery import media_route
    from gallery.middleware import MediaMiddleware

    settings.MEDIA_URL = "https://media.example/"
    assert MediaMiddleware(lambda request: HttpResponse())(rf.post("/media/x")).status_code == 200
    assert media_route.is_served("https://media.example/photos/a.jpg", rf.get("/"))
