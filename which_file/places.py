"""Mistakes in where static and media files lie, and at which addresses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import checks
from .case import UNSET, Case, overlap, real, url, within
from .finding import Finding, found


def examine(case: Case) -> Iterator[Finding]:
    yield from _unset(case)
    yield from _relative(case)
    yield from _roots(case)
    yield from _sources(case)
    yield from _in_reach(case)
    yield from _addresses(case)
    yield from _sub_path(case)


def _unset(case: Case) -> Iterator[Finding]:
    location = case.storage_options("default").get("location")
    expects_uploads = case.keeps_uploads or (_is_written(case, "MEDIA_URL") and not any(_addresses(case)))
    if case.uploads_to_disk and expects_uploads and not location and case.get("MEDIA_ROOT") in UNSET:
        yield found(checks.MEDIA_ROOT_UNSET)
    if case.get("STATIC_URL") in UNSET and "django.contrib.staticfiles" in (case.get("INSTALLED_APPS") or ()):
        yield found(checks.STATIC_URL_UNSET)
    hashes = bool(case.traits("staticfiles") & {"manifest", "whitenoise"}) and "bucket" not in case.traits(
        "staticfiles"
    )
    serves = bool(case.whitenoise) and not case.get("WHITENOISE_USE_FINDERS")  # the finders need no STATIC_ROOT
    if (hashes or serves) and not case.get("DEBUG") and case.get("STATIC_ROOT") in UNSET:
        yield found(checks.STATIC_ROOT_UNSET)


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
    if _is_relative(root := case.get("STATIC_ROOT")):
        yield found(checks.STATIC_ROOT_RELATIVE, path=repr(str(root)))
    if not case.uploads_to_disk:
        return
    check = checks.MEDIA_ROOT_RELATIVE
    for name, value in (
        ("MEDIA_ROOT", case.get("MEDIA_ROOT")),
        ("STORAGES", case.storage_options("default").get("location")),
    ):
        if _is_relative(value):
            yield found(check, path=repr(str(value)), **check.variants[name])


def _is_relative(place: Any) -> bool:
    return place not in UNSET and not Path(place).is_absolute()


def _roots(case: Case) -> Iterator[Finding]:
    """STATIC_ROOT, MEDIA_ROOT and the project's folder may not be in each other the wrong way round."""
    static, media = case.static_root, case.media_root
    if static and media:
        if within(media, static):
            yield found(checks.MEDIA_IN_STATIC_ROOT, where="the same folder as" if media == static else "inside")
        elif within(static, media):
            yield found(checks.STATIC_IN_MEDIA_ROOT)
    for check, root in ((checks.MEDIA_ROOT_IS_PROJECT, media), (checks.STATIC_ROOT_IS_PROJECT, static)):
        if root and any(within(folder, root) for folder in case.folders):
            yield found(check)


def _sources(case: Case) -> Iterator[Finding]:
    """The folders in which static files are written by hand belong to nobody else."""
    static, media = case.static_root, case.media_root
    around = case.folders
    folders = case.get("STATICFILES_DIRS")
    if isinstance(folders, (str, Path)) and folders:
        yield found(checks.NO_LIST_OF_FOLDERS, value=repr(str(folders)))
    if media and not any(within(folder, media) for folder in around):
        for words, source in case.source_folders():
            if overlap(media, source) and not (static and within(media, static) and source == static):
                yield found(checks.MEDIA_ROOT_AMONG_SOURCES, folder=words)
    if static and not any(within(folder, static) for folder in around):
        for words, source in case.source_folders():
            listed = "STATICFILES_DIRS" in words
            if overlap(static, source) and not (listed and static == source):  # that one is Django's staticfiles.E002
                yield found(checks.STATIC_ROOT_AMONG_SOURCES, folder=words)


def _in_reach(case: Case) -> Iterator[Finding]:
    """What must never be served: the database in a served folder, uploads by WhiteNoise."""
    for name, root in (("MEDIA_ROOT", case.media_root), ("STATIC_ROOT", case.static_root)):
        if root is None or any(within(folder, root) for folder in case.folders):
            continue
        fields = checks.DATABASE_SERVED.variants[name]
        for database in (case.get("DATABASES") or {}).values():
            file = str(database.get("NAME") or "")
            if "sqlite" in str(database.get("ENGINE")) and file and ":" not in file and within(real(file), root):
                yield found(checks.DATABASE_SERVED, database=Path(file).name, **fields)
    served = case.get("WHITENOISE_ROOT")
    if served and (case.media_root or case.folders):
        place = real(served)
        if any(within(folder, place) for folder in case.folders):
            yield found(checks.WHITENOISE_ROOT_IS_PROJECT)
        elif case.media_root and overlap(case.media_root, place):
            yield found(checks.WHITENOISE_ROOT_HAS_UPLOADS)


def _sub_path(case: Case) -> Iterator[Finding]:
    prefix = str(case.get("FORCE_SCRIPT_NAME") or "").rstrip("/")
    for name, fields in checks.OUTSIDE_OF_THE_SUB_PATH.variants.items():
        address = str(_as_written(case, name) or "")
        if prefix and address.startswith("/") and not address.startswith(f"{prefix}/"):
            fields = {**fields, "url": address, "better": address.lstrip("/")}
            yield found(checks.OUTSIDE_OF_THE_SUB_PATH, prefix=prefix, **fields)


def _addresses(case: Case) -> Iterator[Finding]:
    static = url(case.get("STATIC_URL"))
    media = url(case.get("MEDIA_URL"))
    if not static or not media or not _is_written(case, "MEDIA_URL"):
        return
    if "bucket" in case.traits("default") or "bucket" in case.traits("staticfiles"):
        return  # a bucket's storage makes its addresses without these
    if static == media:
        yield found(checks.ONE_ADDRESS, url=static)
    elif static.startswith(media) or media.startswith(static):
        inner, outer = ("STATIC_URL", "MEDIA_URL") if static.startswith(media) else ("MEDIA_URL", "STATIC_URL")
        yield found(checks.ADDRESS_WITHIN_ANOTHER, inner=inner, outer=outer, url=max(static, media, key=len))
