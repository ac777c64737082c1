"""What the guide's prose says besides its claims, asked of the Django that is installed."""

import re
import warnings

import pytest
from django.conf import global_settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory
from PIL import Image

from guide import chapters
from guide.setting_list import BY_NAME


def python_of(slug):
    """Return the names that the Python code of a chapter gives a value to."""
    words = (chapters.TEMPLATES / f"guide/chapters/{slug}.md").read_text("utf-8")
    (code,) = re.findall(r"^```py[^\n]*\n(.*?)^```", words, re.MULTILINE | re.DOTALL)
    names = {}
    exec(code, names)
    return names


@pytest.mark.parametrize(
    ("url", "immutable"),
    [
        ("/static/dist/assets/main-CSliV9zW.js", True),
        ("/static/photos/photos.5f2a90c4b1d3.css", True),
        ("/static/photos/photos.css", False),
        ("/static/dist/main.js", False),
    ],
)
def test_the_pattern_for_whitenoise_knows_vites_hashes_and_djangos(url, immutable):
    pattern = python_of("build-tools")["WHITENOISE_IMMUTABLE_FILE_TEST"]
    assert bool(re.search(pattern, url)) is immutable


def test_the_time_limits_for_a_bucket_keep_the_new_signature(monkeypatch):
    s3 = pytest.importorskip("storages.backends.s3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    bucket = {"bucket_name": "my-photos", "region_name": "eu-central-1"}
    storage = s3.S3Storage(**bucket, client_config=python_of("object-storage")["client_config"])
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in storage.url("a.png")
    assert storage.connection.meta.client.meta.config.connect_timeout == 3
    default = s3.S3Storage(**bucket, signature_version="s3v4").connection.meta.client.meta.config
    assert default.connect_timeout == 60


def test_file_upload_max_memory_size_is_compared_with_the_whole_request(settings):
    """Two files that are small enough each wait on disk when they are too large together."""
    settings.FILE_UPLOAD_HANDLERS = global_settings.FILE_UPLOAD_HANDLERS
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 3000
    assert "of a request above which" in BY_NAME["FILE_UPLOAD_MAX_MEMORY_SIZE"].purpose
    for count, kind in ((1, InMemoryUploadedFile), (2, TemporaryUploadedFile)):
        files = {f"file{number}": SimpleUploadedFile("a.txt", b"x" * 2000) for number in range(count)}
        taken = RequestFactory().post("/", files).FILES
        assert {type(file) for file in taken.values()} == {kind}


def test_pillow_warns_above_its_limit_and_refuses_above_twice_of_it(monkeypatch, tmp_path):
    Image.new("1", (10, 10)).save(tmp_path / "picture.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with warnings.catch_warnings(action="error"):
        Image.open(tmp_path / "picture.png").close()
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 99)
    with pytest.warns(Image.DecompressionBombWarning):
        Image.open(tmp_path / "picture.png").close()
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 49)
    with pytest.raises(Image.DecompressionBombError):
        Image.open(tmp_path / "picture.png")
