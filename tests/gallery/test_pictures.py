from io import BytesIO

import pytest
from PIL import Image, ImageCms

from gallery import pictures
from tests.gallery.images import CORNER, HTML, SVG, camera_jpeg, encoded, png_that_claims, upright

LIMIT = pictures.Limits(50_000_000, 256 * 1024 * 1024)


def opened(picture):
    return Image.open(BytesIO(picture.content))


def is_upright(image):
    pixels = image.convert("RGB")
    width, height = pixels.size
    near = pixels.getpixel((width // 4, height // 4))
    far = pixels.getpixel((width * 3 // 4, height * 3 // 4))
    return all(abs(a - b) < 30 for a, b in zip(near, CORNER, strict=True)) and min(far) > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_of_any_exif_orientation_is_kept_upright(orientation):
    picture = pictures.read(camera_jpeg(orientation), LIMIT)
    assert (picture.width, picture.height) == (120, 80)
    assert is_upright(opened(picture))


def test_a_value_that_exif_should_not_have_does_not_keep_a_picture_from_being_turned():
    width_as_text = b"\1\0\0\2\0\0\0\1abc\0"
    orientation = b"\1\x12\0\3\0\0\0\1\0\6\0\0"
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\2" + width_as_text + orientation + bytes(4)
    picture = pictures.read(encoded(upright().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif), LIMIT)
    assert is_upright(opened(picture))


def test_position_and_camera_do_not_survive():
    picture = pictures.read(camera_jpeg(6), LIMIT)
    assert not opened(picture).getexif()
    assert b"TestCam" not in picture.content
    assert picture.notes == ("turned upright (EXIF orientation 6)", "GPS position removed", "camera model removed")


@pytest.mark.parametrize(
    ("file_format", "mode", "extension"),
    [
        ("JPEG", "RGB", "jpg"),
        ("JPEG", "L", "jpg"),
        ("JPEG", "CMYK", "jpg"),
        ("PNG", "RGB", "png"),
        ("PNG", "RGBA", "png"),
        ("PNG", "LA", "png"),
        ("PNG", "P", "png"),
        ("PNG", "1", "png"),
        ("PNG", "I;16", "png"),
        ("WEBP", "RGB", "webp"),
        ("WEBP", "RGBA", "webp"),
        ("GIF", "P", "png"),
        ("AVIF", "RGB", "avif"),
    ],
)
def test_honest_pictures_of_every_format_are_taken(file_format, mode, extension):
    image = (
        upright(mode="L").convert("I").point(lambda v: v * 257).convert("I;16")
        if mode == "I;16"
        else upright(mode=mode)
    )
    picture = pictures.read(encoded(image, file_format), LIMIT)
    assert picture.extension == extension
    assert opened(picture).size == (120, 80)
    if mode not in ("L", "LA", "1", "I;16"):
        assert is_upright(opened(picture))


def test_sixteen_bits_of_grey_keep_their_brightness():
    white = Image.new("I;16", (4, 4), 65535)
    assert opened(pictures.read(encoded(white, "PNG"), LIMIT)).convert("L").getpixel((1, 1)) == 255


def test_transparency_is_kept():
    picture = pictures.read(encoded(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG"), LIMIT)
    assert opened(picture).convert("RGBA").getpixel((1, 1))[3] == 0


def test_of_an_animation_the_first_frame_is_kept_and_the_note_says_so():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    gif = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = pictures.read(gif, LIMIT)
    assert opened(picture).convert("RGB").getpixel((1, 1)) == (255, 0, 0)
    assert "first of 3 frames kept" in picture.notes


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (HTML, "HTML page"),
        (SVG, "SVG"),
        (b'<?xml version="1.0"?>\n<!-- a -->' + SVG, "SVG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x00" * 5000, "not a picture"),
        (encoded(upright(), "BMP"), "BMP"),
        (encoded(upright(), "TIFF"), "TIFF"),
        (encoded(upright(), "EPS"), "EPS"),
        (camera_jpeg()[:-200], "damaged"),
        (encoded(upright(), "PNG")[:120], "damaged"),
        (png_that_claims(8000, 8000), "64 megapixels"),
        (png_that_claims(30000, 30000), "900 megapixels"),
    ],
    ids=[
        "nothing",
        "html",
        "svg",
        "svg-with-prolog",
        "pdf",
        "zeros",
        "bmp",
        "tiff",
        "eps",
        "cut-jpeg",
        "cut-png",
        "64-megapixels",
        "900-megapixels",
    ],
)
def test_what_is_no_whole_picture_is_refused_with_its_reason(content, says):
    with pytest.raises(pictures.Refused, match=says):
        pictures.read(content, LIMIT)


def test_a_note_says_that_colours_were_converted_only_where_they_were():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"no profile at all"):
        assert pictures.read(encoded(upright(), "JPEG", icc_profile=profile), LIMIT).notes == (
            "colour profile removed",
        )


def test_markup_hidden_behind_a_picture_does_not_survive():
    for honest in (encoded(upright(), "PNG"), encoded(upright(), "GIF"), camera_jpeg()):
        assert b"<script>" not in pictures.read(honest + HTML, LIMIT).content
