"""What comes in: every odd or hostile file goes through a real child process and gets its right answer."""

import time
from io import BytesIO

import pytest
from PIL import Image

from gallery import pictures
from gallery.darkroom import Darkroom
from tests.gallery.hostile import CARRIERS, HONEST, MARK, REFUSED
from tests.gallery.images import camera_jpeg

LIMITS = pictures.Limits(50_000_000, 256 * 1024 * 1024)


def named(odd):
    return odd.name


@pytest.fixture(scope="module")
def darkroom():
    darkroom = Darkroom(children=1, limits=LIMITS, seconds=4, patience=30)
    yield darkroom
    darkroom.close()


def every_file(picture):
    return [picture.content, *(one.content for one in picture.renditions)]


@pytest.mark.parametrize("odd", HONEST, ids=named)
def test_an_honest_picture_is_taken_however_odd(darkroom, odd):
    picture = darkroom.develop(odd.content)
    kept = Image.open(BytesIO(picture.content))
    assert kept.size == (picture.width, picture.height)
    assert getattr(kept, "n_frames", 1) == 1
    for one in picture.renditions:
        assert Image.open(BytesIO(one.content)).width == one.width <= picture.width


@pytest.mark.parametrize("odd", CARRIERS, ids=named)
def test_nothing_that_a_picture_carries_along_survives(darkroom, odd):
    for content in every_file(darkroom.develop(odd.content)):
        assert MARK not in content
        image = Image.open(BytesIO(content))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


@pytest.mark.parametrize("odd", REFUSED, ids=named)
def test_what_is_no_whole_picture_is_refused_with_a_sentence(darkroom, odd):
    begun = time.monotonic()
    with pytest.raises(pictures.Refused, match=odd.says) as refusal:
        darkroom.develop(odd.content)
    assert str(refusal.value).endswith(".")
    assert time.monotonic() - begun < 20  # seconds; a few hundredths on a machine that does nothing else


def test_an_honest_picture_is_taken_after_every_hostile_one(darkroom):
    assert darkroom.develop(camera_jpeg()).width == 120
