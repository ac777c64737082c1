"""Ranges that WhiteNoise mistakes, and what our middleware makes of them."""

import pytest

from mysite.serving.static_answers import has_bytes


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
