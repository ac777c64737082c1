"""What the guide's prose says besides its claims, asked of the Django that is installed."""

import warnings

import pytest
from django.conf import global_settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory
from PIL import Image

from guide.setting_list import BY_NAME


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
