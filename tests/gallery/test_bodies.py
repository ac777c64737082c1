"""Requests whose bodies lie, break or never end: 4xx or the form with its error, never a 500."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from gallery.models import Photo
from tests.gallery.images import camera_jpeg

pytestmark = pytest.mark.django_db

FORM = "multipart/form-data; boundary=B"
END = b"--B--\r\n"


def part(name, value, filename=None, extra=b""):
    head = b'--B\r\nContent-Disposition: form-data; name="' + name + b'"'
    if filename is not None:
        head += b'; filename="' + filename + b'"'
    return head + extra + b"\r\n\r\n" + value + b"\r\n"


def image(filename=b"a.jpg", extra=b"", content=None):
    return part(b"image", camera_jpeg() if content is None else content, filename, extra)


def post(body, content_type=FORM, **headers):
    client = Client(raise_request_exception=False)
    return client.generic("POST", reverse("gallery:upload"), body, content_type, headers=headers)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 5000,
        "multipart/form-data; boundary=ZZZ",
        'multipart/form-data; boundary="B',
        "multipart/form-data; boundary=ÿþ",
        "text/plain",
        "application/json",
        "",
    ],
)
def test_a_form_whose_parts_cannot_be_told_apart_is_no_upload(content_type):
    assert post(image() + END, content_type).status_code in (200, 400)
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "charset", ["hex", "rot13", "zlib", "idna", "punycode", "undefined", "utf-16", "utf-7", "xyz", "oem"]
)
@pytest.mark.parametrize("kind", [FORM, "application/x-www-form-urlencoded"])
def test_a_charset_that_no_browser_uses_is_answered_415(charset, kind):
    assert post(image() + END, f"{kind}; charset={charset}").status_code == 415


@pytest.mark.parametrize("charset", ["UTF8", "us-ascii", "iso-8859-1"])
def test_fields_without_files_are_utf_8_or_answered_415_with_debug_on_too(charset, settings):
    settings.DEBUG = True
    kind = "application/x-www-form-urlencoded"
    assert post(b"q=a", f"{kind}; charset={charset}").status_code == 415
    assert post(b"q=a", f"{kind}; charset=UTF-8").status_code == 200


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii", "iso-8859-1"])
def test_the_usual_charsets_are_read(charset):
    assert post(image() + END, f"{FORM}; charset={charset}").status_code == 302


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        (part(b"a", b"b") * 50_000 + END, {400}),
        (b"".join(part(b"f%d" % number, b"") for number in range(6000)) + END, {400}),
        (image(content=b"x") * 1500 + END, {400}),
        (image(content=b"x") * 100 + END, {200}),
        (image(extra=b"\r\nX: " + b"y" * 200_000) + END, {400}),
        (image(extra=b"\r\nContent-Transfer-Encoding: base64", content=b"!!!!") + END, {200, 400}),
        (image(extra=b"\r\nContent-Type: image/jpeg; charset=hex") + END, {302}),
        (image()[:-20], {200}),
        (part(b"im\0age", b"x", b"a.jpg") + END, {200}),
        (part(b"private", b"\0\xff") + image() + END, {302}),
        (image(filename=b"a\0b.jpg") + END, {302}),
        (image(filename=b"\xff\xfe\xfd.jpg") + END, {200, 302}),
        (image(filename=b"") + END, {200}),
        (image(filename=b"../..") + END, {200}),
        (image(filename=b"x" * 5000) + END, {400}),
        (image(filename=("ü" * 180).encode()) + END, {302}),
        (b"", {200}),
    ],
    ids=[
        "50,000 parts",
        "6,000 fields",
        "1,500 files",
        "100 files",
        "a long header",
        "broken base64",
        "a part in hex",
        "no end",
        "NUL in a field's name",
        "NUL in a field",
        "NUL in a file's name",
        "a file's name that is no UTF-8",
        "no file's name",
        "a file called ../..",
        "a file's name of 5,000 characters",
        "a file's name of 360 bytes",
        "no body",
    ],
)
def test_a_broken_form_is_an_answer_and_no_500(body, statuses):
    assert post(body).status_code in statuses


def test_a_packed_body_is_answered_415():
    assert post(gzip.compress(image() + END), content_encoding="gzip").status_code == 415


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"CONTENT_LENGTH": str(2 << 30)}, 413),
        ({"CONTENT_LENGTH": "9" * 40}, 413),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "abc"}, 400),
        ({"CONTENT_LENGTH": "٢"}, 400),
        ({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"CONTENT_LENGTH": "10", "HTTP_TRANSFER_ENCODING": "chunked"}, 400),
    ],
)
def test_a_length_that_cannot_be_true_is_refused_unread(environ, status):
    client = Client(raise_request_exception=False)
    response = client.generic("POST", reverse("gallery:upload"), b"x", FORM, **environ)
    assert response.status_code == status
    assert response["Connection"] == "close"


def test_runserver_is_not_told_to_hang_up_because_its_library_forbids_that():
    client = Client(raise_request_exception=False)
    environ = {"CONTENT_LENGTH": str(2 << 30), "SERVER_SOFTWARE": "WSGIServer/0.2"}
    assert not client.generic("POST", reverse("gallery:upload"), b"x", FORM, **environ).has_header("Connection")


@pytest.mark.parametrize("factor", [0, 1, 10])
def test_a_file_of_the_limit_is_read_one_byte_more_and_ten_times_as_much_is_not(client, settings, factor):
    from tests.gallery.test_uploads import upload

    settings.MAX_UPLOAD_BYTES = 200_000
    honest = camera_jpeg()
    size = {0: 200_000, 1: 200_001, 10: 2_000_000}[factor]
    response = upload(client, honest + bytes(size - len(honest)))
    assert response.status_code == (302 if factor == 0 else 200)
    assert Photo.objects.exists() is (factor == 0)


@pytest.mark.parametrize("token", [None, "x" * 64])
def test_an_upload_without_the_forms_token_is_answered_403(token):
    client = Client(enforce_csrf_checks=True)
    data = {"csrfmiddlewaretoken": token} if token else {}
    assert client.post(reverse("gallery:upload"), data).status_code == 403
