"""Bytes of any kind are sorted or refused; the code that sorts them never fails in another way."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gallery import containers, pictures
from tests.gallery.hostile import CARRIERS, HONEST, chunk
from tests.gallery.images import camera_jpeg

PICTURES = [odd.content for odd in HONEST + CARRIERS if len(odd.content) < 5000]
LIMITS = pictures.Limits(50_000_000, 256 * 1024 * 1024)
BEGINNINGS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBP", b"\0\0\0\x20ftypavif"]


@settings(max_examples=300, deadline=None)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=300))
def test_nonsense_behind_a_known_beginning_is_refused(beginning, rest):
    with pytest.raises(pictures.Refused, match=r"^The picture .*\.$"):
        pictures.read(beginning + rest, LIMITS)


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
    content = bytes(content[: max(4, cut)])
    try:
        container = containers.sort(content)
    except containers.Damaged:
        return
    assert container is None or len(container.content) <= len(content) + 32


@pytest.mark.parametrize("content", PICTURES)
def test_what_was_sorted_once_has_nothing_more_to_drop(content):
    once = containers.sort(content)
    again = containers.sort(once.content)
    assert (again.content, again.width, again.height) == (once.content, once.width, once.height)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (5, 9), (8, 8), (17, 33)])
@pytest.mark.parametrize(
    ("colour", "bits"), [(0, 1), (0, 2), (0, 16), (2, 8), (2, 16), (3, 1), (3, 4), (4, 8), (6, 16)]
)
def test_an_interlaced_png_lacks_rows_when_one_byte_is_missing_and_not_before(size, colour, bits):
    width, height = size
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    columns = [range(0, width, 8), range(4, width, 8), range(0, width, 4), range(2, width, 4)]
    columns += [range(0, width, 2), range(1, width, 2), range(width)]
    rows = [range(0, height, 8), range(0, height, 8), range(4, height, 8), range(0, height, 4)]
    rows += [range(2, height, 4), range(0, height, 2), range(1, height, 2)]
    complete = sum(
        len(down) * (1 + (len(across) * bits * channels + 7) // 8)
        for across, down in zip(columns, rows, strict=True)
        if across
    )
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 1)

    def lacks_rows(pixels):
        parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")]
        return containers.lacks_rows(containers.sort(b"\x89PNG\r\n\x1a\n" + b"".join(parts)))

    assert not lacks_rows(bytes(complete))
    assert lacks_rows(bytes(complete - 1))


def test_of_a_camera_file_only_the_orientation_block_stays_beside_the_pixels():
    content = camera_jpeg(6)
    assert containers.sort(content + b"tail").content == content
