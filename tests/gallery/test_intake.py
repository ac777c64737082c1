"""What comes in: every odd or hostile file goes through a real worker process and gets its right answer."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from gallery import pictures, renditions
from gallery.image_worker_pool import PROJECT, Busy, ImageWorkerPool
from tests.gallery.hostile import CARRIERS, HONEST, MARK, REFUSED
from tests.gallery.images import CORNER, camera_jpeg, encoded, upright

LIMITS = pictures.Limits(50_000_000, 256 * 1024 * 1024)


def named(odd):
    return odd.name


@pytest.fixture(scope="module")
def pool():
    pool = ImageWorkerPool(workers=1, limits=LIMITS, seconds=4, patience=30)
    yield pool
    pool.close()


def every_file(picture):
    return [picture.content, *(one.content for one in picture.renditions)]


@pytest.mark.parametrize("odd", HONEST, ids=named)
def test_an_honest_picture_is_taken_however_odd(pool, odd):
    picture = pool.read(odd.content)
    kept = Image.open(BytesIO(picture.content))
    assert kept.size == (picture.width, picture.height)
    assert getattr(kept, "n_frames", 1) == 1
    for one in picture.renditions:
        assert Image.open(BytesIO(one.content)).width == one.width <= picture.width


@pytest.mark.parametrize("odd", CARRIERS, ids=named)
def test_nothing_that_a_picture_carries_along_survives(pool, odd):
    for content in every_file(pool.read(odd.content)):
        assert MARK not in content
        image = Image.open(BytesIO(content))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


@pytest.mark.parametrize("odd", REFUSED, ids=named)
def test_what_is_no_whole_picture_is_refused_with_a_sentence(pool, odd):
    begun = time.monotonic()
    with pytest.raises(pictures.Refused, match=odd.says) as refusal:
        pool.read(odd.content)
    assert str(refusal.value).endswith(".")
    assert time.monotonic() - begun < 20  # seconds; a few hundredths on a machine that does nothing else


def test_an_honest_picture_is_taken_after_every_hostile_one(pool):
    assert pool.read(camera_jpeg()).width == 120


# What a worker may cost


@pytest.fixture
def pool_of():
    """Makes pools and closes them."""
    with contextlib.ExitStack() as made:

        def pool_of(workers, seconds=4, patience=30):
            pool = ImageWorkerPool(workers, LIMITS, seconds, patience)
            made.callback(pool.close)
            return pool

        yield pool_of


def test_a_picture_that_takes_too_long_is_given_up_and_the_next_one_is_taken(pool_of):
    pool = pool_of(1, seconds=0.2)
    large = encoded(Image.effect_noise((5000, 5000), 80), "PNG")
    with pytest.raises(pictures.Refused, match=r"more than 0.2 seconds"):
        pool.read(large)
    assert pool.read(camera_jpeg()).width == 120


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_a_worker_cannot_take_more_memory_than_its_limit():
    code = (
        "from gallery import image_worker_pool, pictures\n"
        "image_worker_pool.limit_this_process(pictures.Limits(1, 64 << 20))\n"
        "bytearray(512 << 20)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=PROJECT)
    assert "MemoryError" in done.stderr


def test_a_worker_that_dies_costs_one_picture_and_no_more(pool_of):
    pool = pool_of(1)
    pool.read(camera_jpeg())
    [pid] = pool.stats().idle_pids
    os.kill(pid, signal.SIGTERM)
    until(lambda: not pool.stats().idle_pids)
    assert pool.read(camera_jpeg()).width == 120
    assert pool.stats().idle_pids != (pid,)


def test_several_workers_at_once_take_a_crowd_of_pictures(pool_of):
    pool = pool_of(3)
    with ThreadPoolExecutor(24) as visitors:
        taken = list(visitors.map(pool.read, [camera_jpeg(1 + number % 8) for number in range(48)]))
    assert {(one.width, one.height) for one in taken} == {(120, 80)}
    assert 1 <= len(pool.stats().idle_pids) <= 3
    assert (pool.stats().busy, pool.stats().waiting) == (0, 0)


def test_who_waits_too_long_for_a_worker_is_told_that_all_are_busy(pool_of):
    pool = pool_of(1, patience=0)
    long = encoded(Image.effect_noise((2500, 2500), 80), "PNG")
    with ThreadPoolExecutor(1) as another:
        taken = another.submit(pool.read, long)
        until(lambda: pool.stats().busy)
        with pytest.raises(Busy):
            pool.read(camera_jpeg())
        assert taken.result().width == 2500
    assert pool.read(camera_jpeg()).width == 120


def test_a_worker_knows_nothing_of_our_environment(monkeypatch, pool_of):
    monkeypatch.setenv("SECRET_KEY", "not-for-workers")
    pool = pool_of(1)
    pool.read(camera_jpeg())
    [pid] = pool.stats().idle_pids
    environ = Path(f"/proc/{pid}/environ")
    if not environ.exists():
        pytest.skip("no /proc here")
    assert b"not-for-workers" not in environ.read_bytes()


def test_without_workers_the_same_picture_comes_from_this_process(pool_of):
    assert pool_of(0).read(camera_jpeg(6)) == pictures.read(camera_jpeg(6), LIMITS)


def until(holds):
    """Waits for what takes another process or thread a moment."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


# Colours and sizes


def colour_of(picture, at=(10, 10)):
    return Image.open(BytesIO(picture.content)).convert("RGB").getpixel(at)


def test_colours_of_another_space_are_converted_and_not_only_relabelled():
    swapped = Image.merge("RGB", upright().split()[::-1])
    content = encoded(swapped, "PNG", icc_profile=bgr_profile())
    assert_near(colour_of(pictures.read(content, LIMITS)), CORNER)


def test_the_red_of_a_cmyk_picture_is_red():
    content = encoded(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG", quality=95)
    assert_near(colour_of(pictures.read(content, LIMITS)), (255, 0, 0))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_whatever_the_format_the_picture_is_upright(file_format, orientation):
    camera = Image.open(BytesIO(camera_jpeg(orientation)))
    content = encoded(camera, file_format, exif=camera.getexif(), quality=95)
    picture = pictures.read(content, LIMITS)
    assert (picture.width, picture.height) == (120, 80)
    assert_near(colour_of(picture), CORNER)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((120, 80), [120]),
        ((320, 200), [320]),
        ((700, 400), [320, 640, 700]),
        ((1280, 10), [320, 640, 1280]),
        ((1500, 10), [320, 640, 1280]),
    ],
)
def test_a_picture_gets_every_width_up_to_its_own_and_none_beyond(size, widths):
    picture = pictures.read(encoded(upright(size), "PNG"), LIMITS)
    assert sorted({one.width for one in picture.renditions}) == widths
    assert {one.extension for one in picture.renditions} == {"webp", "avif", "jpg"}
    names = {renditions.name("photos/ab.png", one.width, one.extension) for one in picture.renditions}
    assert names == set(renditions.names("photos/ab.png", picture.width, transparent=False))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_a_picture_of_many_megapixels_is_kept_at_a_few(file_format):
    picture = pictures.read(encoded(upright((4000, 3000)), file_format, exif=ORIENTED), LIMITS)
    assert (picture.width, picture.height) == (1500, 2000)
    assert "made smaller: 4000 × 3000 were sent" in picture.notes


def test_the_colour_that_holds_a_pictures_place_is_its_commonest():
    assert pictures.read(encoded(Image.new("RGB", (90, 90), "#336699"), "PNG"), LIMITS).colour == "#336699"
    assert pictures.read(encoded(Image.new("RGBA", (90, 90), "#33669980"), "PNG"), LIMITS).colour == ""


def assert_near(colour, wanted):
    assert all(abs(a - b) < 30 for a, b in zip(colour, wanted, strict=True)), colour


def bgr_profile():
    """sRGB with red and blue exchanged: who ignores it sees the wrong colours at once."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    # Another name than sRGB's: one that says it is sRGB is believed.
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "xBGR".encode("utf-16-be"))


ORIENTED = Image.Exif()
ORIENTED[0x0112] = 6


def test_renditions_made_side_by_side_are_those_made_one_by_one():
    image = Image.merge("RGB", [Image.effect_noise((1500, 900), 60) for _ in range(3)])
    made = {(one.width, one.extension): one.content for one in renditions.make(renditions.widest(image), (1500, 900))}
    for width in (1280, 640, 320):
        image = renditions.resized(image, (width, round(900 * width / 1500)))
        for extension in renditions.TYPES:
            assert made[width, extension] == renditions.encoded(image, *renditions.ENCODINGS[extension])
    assert len(made) == 7
