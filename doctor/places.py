"""Mistakes in where static and media files lie, and at which addresses."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .case import UNSET, Case, overlap, real, url
from .finding import Finding


def examine(case: Case) -> Iterator[Finding]:
    yield from _unset(case)
    yield from _relative(case)
    yield from _roots(case)
    yield from _sources(case)
    yield from _in_reach(case)
    yield from _addresses(case)


def _unset(case: Case) -> Iterator[Finding]:
    location = case.storage_options("default").get("location")
    expects_uploads = case.keeps_uploads or (_is_written(case, "MEDIA_URL") and not any(_addresses(case)))
    if case.uploads_to_disk and expects_uploads and not location and case.get("MEDIA_ROOT") in UNSET:
        yield Finding(
            "doctor.W020",
            "MEDIA_ROOT is not set: uploads land in the folder in which the server was started, beside the code.",
            'Set MEDIA_ROOT = BASE_DIR / "uploads", a folder for nothing but uploads.',
            34,
        )
    if case.get("STATIC_URL") in UNSET and "django.contrib.staticfiles" in (case.get("INSTALLED_APPS") or ()):
        yield Finding(
            "doctor.E033",
            "STATIC_URL is not set: the first page with {% static %} fails with ImproperlyConfigured.",
            'Set STATIC_URL = "static/".',
            18,
        )
    hashes = any(word in case.backend("staticfiles") for word in ("Manifest", "whitenoise"))
    serves = any(str(name).endswith("WhiteNoiseMiddleware") for name in case.get("MIDDLEWARE") or ())
    if (hashes or serves) and not case.get("DEBUG") and case.get("STATIC_ROOT") in UNSET:
        yield Finding(
            "doctor.W034",
            "STATIC_ROOT is not set, but what is to serve or hash static files needs what collectstatic writes there.",
            'Set STATIC_ROOT = BASE_DIR / "staticfiles" and run collectstatic.',
            6,
        )


def _is_written(case: Case, name: str) -> bool:
    """Whether the project sets it at all; Django makes "/" of an empty MEDIA_URL."""
    is_overridden = getattr(case.settings, "is_overridden", None)
    if is_overridden is not None and not is_overridden(name):
        return False
    return _as_written(case, name) not in UNSET


def _as_written(case: Case, name: str) -> Any:
    module = sys.modules.get(case.get("SETTINGS_MODULE") or "")
    return getattr(module, name, case.get(name)) if module else case.get(name)


def _relative(case: Case) -> Iterator[Finding]:
    for number, name, value, symptom in (
        ("W026", "STATIC_ROOT", case.get("STATIC_ROOT"), 7),
        ("W027", "MEDIA_ROOT", case.get("MEDIA_ROOT"), 34),
        ("W027", 'The location of STORAGES["default"]', case.storage_options("default").get("location"), 34),
    ):
        if value not in UNSET and not Path(value).is_absolute() and (name == "STATIC_ROOT" or case.uploads_to_disk):
            yield Finding(
                f"doctor.{number}",
                f"{name} is the relative path {str(value)!r}: where files go depends on where a command was started.",
                f"Begin it with the project's folder: BASE_DIR / {str(value)!r}.",
                symptom,
            )


def _roots(case: Case) -> Iterator[Finding]:
    """STATIC_ROOT, MEDIA_ROOT and the project's folder may not lie in each other the wrong way round."""
    static, media = case.static_root, case.media_root
    if static and media:
        if media.is_relative_to(static):
            yield Finding(
                "doctor.E021",
                f"MEDIA_ROOT is {'the same folder as' if media == static else 'inside'} STATIC_ROOT: "
                "collectstatic --clear deletes every upload, and uploads are served as static files.",
                'Put them side by side: BASE_DIR / "staticfiles" and BASE_DIR / "uploads".',
                35,
            )
        elif static.is_relative_to(media):
            yield Finding(
                "doctor.E022",
                "STATIC_ROOT is inside MEDIA_ROOT: an upload can replace a static file.",
                'Put them side by side: BASE_DIR / "staticfiles" and BASE_DIR / "uploads".',
                35,
            )
    for number, name, root, harm in (
        (
            "E024",
            "MEDIA_ROOT",
            media,
            "whoever serves it gives away settings, code and database",
        ),
        (
            "E025",
            "STATIC_ROOT",
            static,
            "collectstatic --clear deletes the project, and whoever serves it gives it away",
        ),
    ):
        if root and any(folder.is_relative_to(root) for folder in case.folders):
            yield Finding(
                f"doctor.{number}",
                f"{name} is the project's own folder or one above it: {harm}.",
                f"Give {name} a folder of its own, inside the project's or elsewhere.",
                38,
            )


def _sources(case: Case) -> Iterator[Finding]:
    """The folders in which static files are written by hand belong to nobody else."""
    static, media = case.static_root, case.media_root
    around = case.folders
    if media and not any(folder.is_relative_to(media) for folder in around):
        for words, source in case.source_folders():
            if overlap(media, source) and not (static and media.is_relative_to(static) and source == static):
                yield Finding(
                    "doctor.E023",
                    f"MEDIA_ROOT overlaps with {words}: uploads are collected, or replace static files.",
                    "Give MEDIA_ROOT a folder of its own.",
                    35,
                )
    if static and not any(folder.is_relative_to(static) for folder in around):
        for words, source in case.source_folders():
            listed = "STATICFILES_DIRS" in words
            if overlap(static, source) and not (listed and static == source):  # that one is Django's staticfiles.E002
                yield Finding(
                    "doctor.E028",
                    f"STATIC_ROOT overlaps with {words}: collectstatic collects its own output, and --clear deletes "
                    "files that were written by hand.",
                    'Give STATIC_ROOT a folder of its own, such as BASE_DIR / "staticfiles".',
                    4,
                )


def _in_reach(case: Case) -> Iterator[Finding]:
    """What must never be served: the database in a served folder, uploads by WhiteNoise."""
    for name, root in (("MEDIA_ROOT", case.media_root), ("STATIC_ROOT", case.static_root)):
        if root is None or any(folder.is_relative_to(root) for folder in case.folders):
            continue
        for database in (case.get("DATABASES") or {}).values():
            file = str(database.get("NAME") or "")
            if "sqlite" in str(database.get("ENGINE")) and file and ":" not in file and real(file).is_relative_to(root):
                yield Finding(
                    "doctor.E029",
                    f"The database {Path(file).name} lies in {name}: whoever knows its name downloads it.",
                    f"Move the database out of {name}.",
                    38,
                )
    served = case.get("WHITENOISE_ROOT")
    if served and (case.media_root or case.folders):
        place = real(served)
        if any(folder.is_relative_to(place) for folder in case.folders):
            yield Finding(
                "doctor.E035",
                "WHITENOISE_ROOT is the project's folder or one above it: settings, code and database are served.",
                "Give WHITENOISE_ROOT a folder with nothing but robots.txt, favicon.ico and their like.",
                38,
            )
        elif case.media_root and overlap(case.media_root, place):
            yield Finding(
                "doctor.W036",
                "WHITENOISE_ROOT overlaps with MEDIA_ROOT: files uploaded after the start are 404, and uploads share "
                "the site's origin.",
                "WhiteNoise is not for uploads: let nginx or an object storage serve MEDIA_URL.",
                26,
            )


def _addresses(case: Case) -> Iterator[Finding]:
    static = url(case.get("STATIC_URL"))
    media = url(case.get("MEDIA_URL"))
    if not static or not media or not _is_written(case, "MEDIA_URL"):
        return
    if static == media:
        yield Finding(
            "doctor.E030",
            f"MEDIA_URL and STATIC_URL are both {static}: no server can tell uploads from static files.",
            'Give them addresses of their own: STATIC_URL = "static/", MEDIA_URL = "media/".',
            35,
        )
    elif static.startswith(media) or media.startswith(static):
        inner, outer = ("STATIC_URL", "MEDIA_URL") if static.startswith(media) else ("MEDIA_URL", "STATIC_URL")
        yield Finding(
            "doctor.E031",
            f"{inner} lies within {outer}: what answers {max(static, media, key=len)} depends on who is asked first.",
            'Give them addresses side by side: STATIC_URL = "static/", MEDIA_URL = "media/".',
            32,
        )
