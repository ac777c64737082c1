"""Mistakes in STORAGES and in what became of the settings before it."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django

from .case import Case
from .finding import Finding

STATIC_STORAGE_NAMES = ("StaticFilesStorage", "ManifestStaticFilesStorage")


def examine(case: Case) -> Iterator[Finding]:
    storages = case.get("STORAGES")
    if django.VERSION >= (4, 2) and isinstance(storages, dict):
        yield from _aliases(case, storages)
    if django.VERSION >= (5, 1):
        yield from _removed(case)
    yield from _buckets(case)


def _aliases(case: Case, storages: dict[str, Any]) -> Iterator[Finding]:
    if "default" not in storages:
        yield Finding(
            "doctor.E001",
            'STORAGES has no "default": every page works and every upload fails with InvalidStorageError.',
            'STORAGES is never merged with Django\'s default. Add "default": {"BACKEND": '
            '"django.core.files.storage.FileSystemStorage"} beside "staticfiles".',
            30,
        )
    for alias in storages:
        backend = case.backend(alias)
        if not backend:
            yield Finding(
                "doctor.E004",
                f'STORAGES["{alias}"] has no "BACKEND": its first use fails.',
                f'Write STORAGES["{alias}"] = {{"BACKEND": "dotted.path.of.a.StorageClass"}}; further arguments go '
                'under "OPTIONS".',
                30,
            )
        elif missing := _missing(backend):
            yield Finding(
                "doctor.E005",
                f'STORAGES["{alias}"] names {backend}, {missing}: its first use fails.',
                "Correct the dotted path, or install the package that it belongs to.",
                30,
            )
    if case.backend("staticfiles") == "django.core.files.storage.FileSystemStorage":
        yield Finding(
            "doctor.E006",
            'STORAGES["staticfiles"] is FileSystemStorage, which is for uploads: collectstatic writes to MEDIA_ROOT.',
            "Use django.contrib.staticfiles.storage.StaticFilesStorage or one of the hashing storages.",
            7,
        )
    if case.backend("default").rpartition(".")[2].endswith(STATIC_STORAGE_NAMES):
        yield Finding(
            "doctor.E007",
            'STORAGES["default"] is a storage for static files: uploads land in STATIC_ROOT, beside the CSS.',
            "Use django.core.files.storage.FileSystemStorage for uploads.",
            35,
        )


def _missing(backend: str) -> str:
    """What of it is not there; empty when all is. The module is read, because cloud storages take long to import."""
    module, _, name = backend.rpartition(".")
    try:
        spec = find_spec(module)
    except (ImportError, ValueError, AttributeError):
        spec = None
    if spec is None:
        return "whose module is not there"
    if not spec.origin or not spec.origin.endswith(".py"):
        return ""
    try:
        source = Path(spec.origin).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    gets_names_elsewhere = re.search(r"import \*|__getattr__|globals\(", source)
    return (
        "" if gets_names_elsewhere or re.search(rf"\b{re.escape(name)}\b", source) else "a class that its module lacks"
    )


def _removed(case: Case) -> Iterator[Finding]:
    for number, name, alias in (
        ("W002", "STATICFILES_STORAGE", "staticfiles"),
        ("W003", "DEFAULT_FILE_STORAGE", "default"),
    ):
        value = case.get(name)
        if value is not None:
            yield Finding(
                f"doctor.{number}",
                f"{name} is set, and Django has ignored it without a word since 5.1.",
                f'Delete the line and set STORAGES["{alias}"] = {{"BACKEND": "{value}"}}, in a STORAGES that has both '
                '"default" and "staticfiles".',
                31,
            )


def _buckets(case: Case) -> Iterator[Finding]:
    """What is sure about S3 from the settings alone."""
    uploads, static = case.backend("default"), case.backend("staticfiles")
    if "storages.backends.s3" not in static:
        return
    options = case.storage_options("staticfiles")
    signs = options.get("querystring_auth", case.get("AWS_QUERYSTRING_AUTH", True))
    if signs and not (options.get("custom_domain") or case.get("AWS_S3_CUSTOM_DOMAIN")):
        yield Finding(
            "doctor.W008",
            "The addresses of static files on S3 are signed and expire, so nobody may cache them.",
            'Set "querystring_auth": False in OPTIONS of STORAGES["staticfiles"] and let the bucket be read by all.',
            51,
        )
    if "storages.backends.s3" in uploads and _bucket(case, "default") == _bucket(case, "staticfiles"):
        yield Finding(
            "doctor.E009",
            "Uploads and static files share one bucket and one location: an upload can replace a static file.",
            'Give each a bucket, or at least a "location" of its own in OPTIONS.',
            49,
        )


def _bucket(case: Case, alias: str) -> tuple[Any, Any]:
    options = case.storage_options(alias)
    return (
        options.get("bucket_name", case.get("AWS_STORAGE_BUCKET_NAME")),
        str(options.get("location", case.get("AWS_LOCATION", ""))).strip("/"),
    )
