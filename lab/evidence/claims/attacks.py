"""Claims about what the usual forms do with hostile uploads (lab.uploads.hostile): the attack lab's naive side."""

from hashlib import sha256

from lab.evidence.claim import Claim, but
from lab.evidence.matchers import X, components, css, failure, request, said, served, status
from lab.observation import Observation
from lab.uploads.hostile import BY_NAME, SAMPLES

FILE_FIELD = X(variation="hostile-file-field")
IMAGE_FIELD = X(variation="hostile-image-field")


def kept_whole(seen: Observation, name: str) -> bool:
    """Whether a stored file has exactly the bytes of this sample."""
    digest = sha256(BY_NAME[name].upload.content).hexdigest()
    return status(seen, name) == 302 and digest in {file.sha256 for file in seen.media_root}


def refused(seen: Observation, name: str) -> bool:
    return status(seen, name) == 200 and seen.request(f"{name}-stored") is None


def served_as(seen: Observation, name: str) -> str:
    """The address and the type with which a stored sample is handed out."""
    stored = request(seen, f"{name}-stored")
    return f"{stored.url} {stored.headers['content-type']}"


ATTACK_CLAIMS = (
    Claim(
        "filefield-keeps-everything",
        "A FileField accepts a page, an SVG with a script, a stylesheet and a picture of 900 megapixels, and keeps "
        "each byte for byte.",
        (FILE_FIELD,),
        lambda seen: all(kept_whole(seen, sample.name) for sample in SAMPLES if sample.name != "long-name"),
        "A FileField checks only that there is a file and how long its name is.",
        foil=but(variation="hostile-image-field", words="with an ImageField"),
    ),
    Claim(
        "the-name-decides-the-type",
        "The media route takes the type from the end of the name: one and the same page is handed out as image/png "
        "under one name and as text/html under another.",
        (FILE_FIELD,),
        lambda seen: (
            served_as(seen, "page-called-png") == "/media/holiday.png image/png"
            and served_as(seen, "name-turned-round") == "/media/holiday-gnp.html text/html"
            and BY_NAME["page-called-png"].upload.content == BY_NAME["name-turned-round"].upload.content
        ),
        "Store each file under a name that you choose.",
        foil=but(variation="hostile-image-field", words="with an ImageField, which refuses both"),
    ),
    Claim(
        "media-route-sends-no-policy",
        "The media route’s answers carry nosniff, which SecurityMiddleware adds, and by default no Content-Security- "
        "Policy: no header of theirs keeps a script in a page or in an SVG from running.",
        (FILE_FIELD,),
        lambda seen: all(
            stored.headers.get("x-content-type-options") == "nosniff"
            and "content-security-policy" not in stored.headers
            and "SecurityMiddleware" in components(stored)
            for stored in (request(seen, "name-turned-round-stored"), request(seen, "drawing-with-script-stored"))
        ),
        "Send `default-src 'none'; sandbox` with every upload, and serve them from another host.",
        foil=but(variation="hostile-image-field", words="with an ImageField, which refuses both"),
    ),
    Claim(
        "imagefield-keeps-what-it-takes",
        "An ImageField keeps what it accepts byte for byte: the page behind a PNG, the script inside a GIF, the "
        "coordinates in a JPEG.",
        (IMAGE_FIELD, X(variation="photo-of-a-phone")),
        lambda seen, photo: (
            all(kept_whole(seen, name) for name in ("picture-and-page", "picture-and-script", "photo-with-place"))
            and "GPS: True" in said(photo, "shell").stdout
        ),
        "Encode pictures again from their pixels.",
        foil=but(1, variation="photo-made-upright", words="when a form saves it again from its pixels"),
    ),
    Claim(
        "imagefield-asks-the-bytes-and-the-name",
        "An ImageField refuses what Pillow cannot open, and a picture whose extension is not an image extension.",
        (IMAGE_FIELD,),
        lambda seen: all(
            refused(seen, name)
            for name in ("page-called-png", "name-turned-round", "drawing-with-script", "way-out", "called-app-css")
        ),
        "Its validator reads the end of the name, its to_python() has Pillow open the file.",
        foil=but(variation="hostile-file-field", words="with a FileField"),
    ),
    Claim(
        "imagefield-does-not-decode",
        "An ImageField decodes no pixels, and how much it notices depends on the format: half a JPEG or GIF passes, "
        "half a PNG or WebP does not. 156 megapixels pass; of 900 Pillow itself says no.",
        (IMAGE_FIELD, X(variation="half-a-picture")),
        lambda seen, halves: (
            kept_whole(seen, "half-a-photo")
            and kept_whole(seen, "large-picture")
            and refused(seen, "huge-picture")
            and [line.split()[2:] for line in said(halves, "shell").stdout.splitlines()]
            == [
                ["JPEG:", "accepted"],
                ["GIF:", "accepted"],
                ["BMP:", "accepted"],
                ["PNG:", "refused"],
                ["WebP:", "refused"],
            ]
        ),
        "Compare width times height with your own limit, then decode the whole picture.",
        foil=but(variation="hostile-file-field", words="with a FileField, which takes all"),
    ),
    Claim(
        "a-name-loses-its-folders",
        "Django keeps the last part of an upload’s name and drops the characters that turn its direction: "
        "`../../manage.py` becomes manage.py in MEDIA_ROOT.",
        (FILE_FIELD,),
        lambda seen: (
            {"manage.py", "holiday-gnp.html"} <= {file.path for file in seen.media_root}
            and "def main" in seen.files["manage.py"]
        ),
        "Django does this before a form sees the file; with a name that you choose it does not matter.",
        foil=but(variation="hostile-image-field", words="with an ImageField, which refuses such a name"),
    ),
    Claim(
        "a-long-name-is-a-500",
        "A form counts a name’s characters, a disk its bytes: a name of 184 characters in 364 bytes passes a form "
        "without max_length, and one of 93 characters in 271 bytes passes a model’s limit of 100. Then the answer is "
        "500.",
        (FILE_FIELD, IMAGE_FIELD, X(variation="long-names")),
        lambda file_field, image_field, names: (
            all(
                status(seen, "long-name") == 500 and failure(request(seen, "long-name")).type == "OSError"
                for seen in (file_field, image_field)
            )
            and [line.rpartition(": ")[2] for line in said(names, "shell").stdout.splitlines()]
            == ["accepted, then OSError", "accepted, then OSError", "refused", "accepted, then OSError"]
        ),
        "Store each file under a name that you choose.",
        foil=but(2, variation="long-names-in-ascii", words="where each character is a byte"),
    ),
    Claim(
        "an-upload-called-app-css-is-a-media-file",
        "An upload called app.css is stored in MEDIA_ROOT, and the static app.css stays what it was.",
        (FILE_FIELD,),
        lambda seen: (
            served_as(seen, "called-app-css") == "/media/app.css text/css"
            and served(seen, "app1")
            and request(seen, "css-afterwards").sha256 == css(seen).sha256
        ),
        "As long as MEDIA_ROOT is neither in STATIC_ROOT nor in a folder of static files.",
        foil=but(variation="hostile-image-field", words="with an ImageField, which refuses it"),
    ),
)
