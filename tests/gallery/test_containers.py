"""Bytes of any kind are sorted or refused; the code that sorts them never fails in another way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gallery import containers
from tests.gallery.hostile import CARRIERS, HONEST
from tests.gallery.images import camera_jpeg

PICTURES = [odd.content for odd in HONEST + CARRIERS if len(odd.content) < 5000]
BEGINNINGS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBP", b"\0\0\0\x20ftypavif"]


def sorted_or_refused(content):
    try:
        container = containers.sort(content)
    except containers.Damaged:
        return
    assert container is None or len(container.content) <= len(content) + 32


@settings(max_examples=300, deadline=None)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=300))
def test_nonsense_behind_a_known_beginning_is_refused(beginning, rest):
    sorted_or_refused(beginning + rest)


@settings(max_examples=300, deadline=None)
@given(
    picture=st.sampled_from(PICTURES),
    changes=st.lists(st.tuples(st.integers(0, 4999), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 5000),
)
def test_a_picture_with_changed_bytes_is_sorted_or_refused(picture, changes, cut):
    content = bytearray(picture)
    for at, value in changes:
        content[at % len(content)] = value
    sorted_or_refused(bytes(content[: max(4, cut)]))


@pytest.mark.parametrize("content", PICTURES)
def test_what_was_sorted_once_has_nothing_more_to_drop(content):
    once = containers.sort(content)
    again = containers.sort(once.content)
    assert (again.content, again.width, again.height) == (once.content, once.width, once.height)


def test_of_a_camera_file_only_the_orientation_block_stays_beside_the_pixels():
    content = camera_jpeg(6)
    assert containers.sort(content + b"tail").content == content
