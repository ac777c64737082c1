"""Mistakes in STORAGES and in what became of the settings before it."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django

from . import checks
from .case import Case
from .finding import Finding, found

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
        yield found(checks.NO_DEFAULT_STORAGE)
    for alias in storages:
        backend = case.backend(alias)
        if not backend:
            yield found(checks.STORAGE_WITHOUT_BACKEND, alias=alias)
        elif missing := _missing(backend):
            yield found(checks.STORAGE_NOT_THERE, alias=alias, backend=backend, missing=missing)
    if case.backend("staticfiles") == "django.core.files.storage.FileSystemStorage":
        yield found(checks.UPLOAD_STORAGE_FOR_STATIC)
    if case.backend("default").rpartition(".")[2].endswith(STATIC_STORAGE_NAMES):
        yield found(checks.STATIC_STORAGE_FOR_UPLOADS)


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
    for name, check in (
        ("STATICFILES_STORAGE", checks.STATICFILES_STORAGE_IGNORED),
        ("DEFAULT_FILE_STORAGE", checks.DEFAULT_FILE_STORAGE_IGNORED),
    ):
        value = case.get(name)
        if value is not None:
            yield found(check, value=value)


def _buckets(case: Case) -> Iterator[Finding]:
    """What is sure about S3 from the settings alone."""
    uploads, static = case.backend("default"), case.backend("staticfiles")
    if "storages.backends.s3" not in static:
        return
    options = case.storage_options("staticfiles")
    signs = options.get("querystring_auth", case.get("AWS_QUERYSTRING_AUTH", True))
    if signs and not (options.get("custom_domain") or case.get("AWS_S3_CUSTOM_DOMAIN")):
        yield found(checks.STATIC_ADDRESSES_SIGNED)
    if "storages.backends.s3" in uploads and _bucket(case, "default") == _bucket(case, "staticfiles"):
        yield found(checks.ONE_BUCKET)


def _bucket(case: Case, alias: str) -> tuple[Any, Any]:
    options = case.storage_options(alias)
    return (
        options.get("bucket_name", case.get("AWS_STORAGE_BUCKET_NAME")),
        str(options.get("location", case.get("AWS_LOCATION", ""))).strip("/"),
    )
