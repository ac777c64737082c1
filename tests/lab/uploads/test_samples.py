import io

import pytest
from PIL import Image

from lab.uploads.samples import PAYLOAD, SAMPLES, sample


def opened(name):
    return Image.open(io.BytesIO(sample(name)))


def test_every_sample_is_small():
    assert max(len(sample(name)) for name in SAMPLES) < 10_000


def test_the_polyglots_are_pictures_with_a_script_in_them():
    for name in ("polyglot.png", "polyglot.gif", "comment.jpg", "profile.jpg", "text.png"):
        opened(name).load()
        assert PAYLOAD in sample(name)


def test_a_truncated_photo_passes_verify_and_cannot_be_read():
    opened("truncated.jpg").verify()
    with pytest.raises(OSError, match="truncated"):
        opened("truncated.jpg").load()


def test_many_pixels_are_a_valid_picture_and_the_bomb_is_refused_by_pillow_itself(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 89_478_485)  # Pillow's own; the gallery lifts it in its process
    picture = opened("36megapixels.png")
    assert picture.size == (6_000, 6_000)
    picture.load()
    with pytest.raises(Image.DecompressionBombError):
        opened("bomb.png")


def test_the_large_photo_is_one_that_no_limit_of_thirty_megapixels_refuses():
    picture = opened("12megapixels.png")
    assert picture.size == (4_000, 3_000)
    picture.load()


def test_the_photo_with_a_place_tells_it():
    assert opened("gps.jpg").getexif().get_ifd(0x8825)


def test_the_sideways_photo_is_to_be_turned_and_carries_a_place_a_comment_and_a_profile():
    picture = opened("sideways.jpg")
    assert picture.getexif()[0x0112] == 6
    assert picture.getexif().get_ifd(0x8825)
    assert picture.info["comment"] == b"taken at home"
    assert picture.info["icc_profile"]
