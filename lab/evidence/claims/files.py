"""Claims about uploads and the delivery of files, each shown by an experiment without its cure and one with it."""

from lab.evidence.claim import Claim, but
from lab.evidence.matchers import NGINX, PRODUCTION, X, css, failure, request, said, status
from lab.experiment import Knobs
from lab.observation import Observation

MANIFEST: Knobs = {**PRODUCTION, "storage": "manifest", "collect": "yes"}  # hashed names without compression: quicker
SERVED: Knobs = {**PRODUCTION, "collect": "yes"}
BEHIND_NGINX: Knobs = {**NGINX, "upload": "png"}


def printed(seen: Observation, *words: str) -> str:
    """Return everything that the last command with these words wrote."""
    command = said(seen, *words)
    return command.stdout + command.stderr


def header(seen: Observation, label: str, name: str) -> str:
    """Return that header of the request's answer; empty when it has none."""
    return request(seen, label).headers.get(name, "")


FILE_CLAIMS = (
    Claim(
        "rotated-photos-gps",
        "An ImageField keeps a photo’s orientation tag and its GPS coordinates. ImageOps.exif_transpose and then "
        "saving gives an upright photo without coordinates; saving alone drops the tag too, and leaves the photo on "
        "its side.",
        (X(variation="photo-of-a-phone"), X(variation="photo-made-upright"), X(variation="photo-saved-again")),
        lambda kept, upright, saved: (
            "(40, 30) turn: 6 GPS: True" in printed(kept, "shell")
            and "(30, 40) turn: None GPS: False" in printed(upright, "shell")
            and "(40, 30) turn: None GPS: False" in printed(saved, "shell")
        ),
        "image = ImageOps.exif_transpose(image), then save it without exif.",
        foil=but(1, variation="photo-saved-again", words="without exif_transpose"),
    ),
    Claim(
        "fonts-blocked-by-cors",
        "nginx sends no Access-Control-Allow-Origin unless its configuration says so; WhiteNoise sends * by default.",
        (X(**NGINX), X(**NGINX, variation="nginx-cors"), X(**SERVED)),
        lambda without, with_header, whitenoise: (
            header(without, "css", "access-control-allow-origin") == ""
            and header(with_header, "css", "access-control-allow-origin") == "*"
            and header(whitenoise, "css", "access-control-allow-origin") == "*"
        ),
        'add_header Access-Control-Allow-Origin "*" always;',
        foil=but(2, variation="origins-off", words="with WHITENOISE_ALLOW_ALL_ORIGINS off"),
    ),
    Claim(
        "request-files-empty",
        "Without enctype the browser sends the file’s name alone: request.FILES is empty and the field is required.",
        (X(variation="no-enctype"), X(variation="enctype")),
        lambda without, with_enctype: (
            "200 {}" in printed(without, "shell")
            and "This field is required." in printed(without, "shell")
            and printed(with_enctype, "shell").startswith("302")
        ),
        'enctype="multipart/form-data"',
        foil=but(variation="enctype", words="with enctype"),
    ),
    Claim(
        "no-file-associated",
        "The url of an empty file field raises ValueError, in a template too; a template that asks first does not.",
        (X(variation="no-avatar"), X(variation="no-avatar-asked-first")),
        lambda raises, asks: (
            "has no file associated with it" in failure(said(raises, "shell")).message
            and printed(asks, "shell").strip() == "nobody"
        ),
        "{% if profile.avatar %}",
        foil=but(variation="no-avatar-asked-first", words="in a template that asks first"),
    ),
    Claim(
        "svg-html-xss",
        "A FileField takes an HTML page and serves it as text/html; an ImageField refuses HTML and SVG and takes a PNG "
        "with a script behind it, and EPS.",
        (
            X(upload="html", variation="file-field"),
            X(upload="html"),
            X(upload="svg"),
            X(variation="polyglot"),
        ),
        lambda html, image, svg, polyglot: (
            header(html, "media", "content-type").startswith("text/html")
            and image.media_root == svg.media_root == ()
            and printed(polyglot, "shell").split()[:6] == ["a.png", "accepted", "a.eps", "accepted", "a.svg", "refused"]
        ),
        "Accept pictures only, and save them again.",
        foil=but(1, variation="file-field", words="with a FileField"),
    ),
    Claim(
        "private-files-public",
        "nginx gives an upload to anybody; with `internal` and X-Accel-Redirect a view decides who gets it.",
        (X(**BEHIND_NGINX), X(**BEHIND_NGINX, media_route="off", variation="nginx-internal")),
        lambda public, private: (
            status(public, "media") == 200
            and header(private, "with-ticket", "content-type") == "image/png"
            and [status(private, label) for label in ("media", "with-ticket", "directly")] == [302, 200, 404]
        ),
        "internal; and X-Accel-Redirect",
        foil=but(1, variation="nginx-not-internal", words="without `internal`"),
    ),
    Claim(
        "decompression-bomb",
        "By default Pillow refuses 196 megapixels and lets 100 megapixels in a few kilobytes pass; a form that "
        "counts pixels refuses both.",
        (X(variation="bombs"), X(variation="bombs-refused")),
        lambda bombs, counted: (
            [line.split()[-1] for line in printed(bombs, "shell").splitlines()] == ["accepted", "refused"]
            and [line.split()[-1] for line in printed(counted, "shell").splitlines()] == ["refused", "refused"]
        ),
        "Count pixels before decoding.",
        foil=but(variation="bombs-refused", words="with a form that counts pixels"),
    ),
    Claim(
        "staticfiles-storage-ignored",
        "STATICFILES_STORAGE has no effect and no warning; the same class in STORAGES gives hashed names.",
        (X(**SERVED, variation="old-staticfiles-storage"), X(**MANIFEST)),
        lambda old, new: (
            old.refused is None
            and css(old).url == "/static/app.css"
            and css(new).url != "/static/app.css"
            and status(new, "css") == 200
        ),
        'STORAGES = {"default": …, "staticfiles": …}',
        foil=but(storage="manifest", variation="none", words="with the class in STORAGES"),
    ),
    Claim(
        "large-uploads-0600",
        "With FILE_UPLOAD_PERMISSIONS None a large upload is stored as -rw-------; with Django’s default both sizes "
        "are readable.",
        (X(variation="permissions-none"), X(variation="permissions-default")),
        lambda none, default: (
            "-rw------- large.png" in printed(none, "shell")
            and "-rw-r--r-- small.png" in printed(none, "shell")
            and "-rw-r--r-- large.png" in printed(default, "shell")
        ),
        "FILE_UPLOAD_PERMISSIONS = 0o644",
        foil=but(variation="permissions-default", words="with Django’s default"),
    ),
    Claim(
        "nginx-403",
        "FILE_UPLOAD_DIRECTORY_PERMISSIONS decides the mode of the folders that collectstatic makes: drwx------ "
        "keeps other users out.",
        (X(collect="yes", variation="closed-folders"), X(collect="yes", variation="open-folders")),
        lambda closed, open_: (
            printed(closed, "shell").startswith("drwx------") and printed(open_, "shell").startswith("drwxr-xr-x")
        ),
        "chmod o+x on every folder above the files.",
        foil=but(variation="open-folders", words="with 0o755"),
    ),
    Claim(
        "size-limit-ignored",
        "DATA_UPLOAD_MAX_MEMORY_SIZE limits no file and 101 files answer 400; a check in the form limits the size.",
        (X(variation="limit-that-is-none"), X(variation="limit-in-the-form")),
        lambda ignored, holds: (
            status(ignored, "large") == 302
            and "101 files: 400" in printed(ignored, "shell")
            and status(holds, "large") == 200
            and "At most one megabyte" in request(holds, "large").excerpt
            and "101 files: 200" in printed(holds, "shell")
        ),
        "Check image.size in the form.",
        foil=but(variation="limit-in-the-form", words="with a check in the form"),
    ),
    Claim(
        "autorefresh-in-production",
        "With WHITENOISE_AUTOREFRESH WhiteNoise looks on the disk at each request; without it, and with DEBUG off, "
        "it knows the files that were there at its start.",
        (X(**SERVED, variation="autorefresh"), X(**SERVED, variation="added-after-start")),
        lambda autorefresh, listed: (status(autorefresh, "new"), status(listed, "new")) == (200, 404),
        "Leave WHITENOISE_AUTOREFRESH alone: it follows DEBUG.",
        foil=but(variation="added-after-start", words="without it"),
    ),
)
