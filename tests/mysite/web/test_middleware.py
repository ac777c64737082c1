"""What our middleware answers by itself: ranges that WhiteNoise mistakes, and addresses with too much in them."""

import pytest

from mysite.web.middleware import has_bytes


@pytest.mark.parametrize("asked", ["bytes=0-0", "bytes=9-9", "bytes=9-", "bytes=-1", "bytes=-99", " bytes=0-99 "])
def test_a_file_of_ten_bytes_has(asked):
    assert has_bytes(asked, 10)


@pytest.mark.parametrize(
    "asked",
    ["", "bytes=10-", "bytes=10-10", "bytes=5-2", "bytes=-0", "bytes=-", "bytes=a-b", "bytes=" + "9" * 5000 + "-"],
)
def test_a_file_of_ten_bytes_has_not(asked):
    assert not has_bytes(asked, 10)


def test_an_empty_file_has_nothing():
    assert not has_bytes("bytes=-1", 0)


def test_an_address_with_too_many_fields_is_answered_400_with_debug_on_too(client, settings):
    settings.DEBUG = True
    answer = client.get("/search/?" + "&".join(["q=a"] * 2000))
    assert answer.status_code == 400
    assert "too many fields" in answer.content.decode()
