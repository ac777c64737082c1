"""What the guide's prose says besides its claims, asked of the Django that is installed."""

import subprocess
import warnings
from pathlib import Path
from shutil import which

import django
import pytest
from django.conf import global_settings
from django.contrib.messages.middleware import MessageMiddleware
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from PIL import Image

from guide.setting_list import BY_NAME
from guide.symptoms.cures import CURES


def test_file_upload_max_memory_size_is_compared_with_the_whole_request(settings):
    """Two files that are small enough each wait on disk when they are too large together."""
    settings.FILE_UPLOAD_HANDLERS = global_settings.FILE_UPLOAD_HANDLERS
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 3000
    assert "of a request above which" in BY_NAME["FILE_UPLOAD_MAX_MEMORY_SIZE"].purpose
    for count, kind in ((1, InMemoryUploadedFile), (2, TemporaryUploadedFile)):
        files = {f"file{number}": SimpleUploadedFile("a.txt", b"x" * 2000) for number in range(count)}
        taken = RequestFactory().post("/", files).FILES
        assert {type(file) for file in taken.values()} == {kind}


def test_an_empty_secret_key_is_refused_at_every_request_because_of_message_middleware(settings):
    assert "MessageMiddleware" in CURES["build-needs-secret-key"].fix
    written = Path(django.__file__).parent / "conf" / "project_template" / "project_name" / "settings.py-tpl"
    assert "django.contrib.messages.middleware.MessageMiddleware" in written.read_text(encoding="utf-8")
    settings.SECRET_KEY = ""
    request = RequestFactory().get("/")
    request.session = {}
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        MessageMiddleware(lambda _: HttpResponse("a page that signs nothing"))(request)


def test_pillow_warns_above_its_limit_and_refuses_above_twice_of_it(monkeypatch, tmp_path):
    assert "above twice MAX_IMAGE_PIXELS and only warns above once" in CURES["decompression-bomb"].why
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


@pytest.mark.skipif(which("grep") is None, reason="grep is not installed")
def test_the_search_for_imports_without_a_hash_knows_both_quotes_and_digits(tmp_path):
    collected = tmp_path / "staticfiles"
    collected.mkdir()
    for name, line in {
        "double": 'import { a } from "./b.js";',
        "single": "import { a } from './parts/b2.js';",
        "above": "import '../b.js';",
        "hashed": 'import { a } from "./b.3f2a9c1b7d4e.js";',
        "package": 'import { a } from "b";',
    }.items():
        (collected / f"{name}.0123456789ab.js").write_text(line, encoding="utf-8")
    check = CURES["stale-es-modules"].check
    found = subprocess.run(["sh", "-c", check], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[1].partition(".")[0] for line in found.splitlines()} == {"double", "single", "above"}
