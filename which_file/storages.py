"""Mistakes in STORAGES and in what became of the settings before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django

from . import backends, checks
from .case import BEFORE_STORAGES, Case
from .finding import Finding, found

STATIC_STORAGE_NAMES = ("StaticFilesStorage", "ManifestStaticFilesStorage")


def examine(case: Case) -> Iterator[Finding]:
    storages = case.get("STORAGES")
    if django.VERSION >= (4, 2) and isinstance(storages, dict):
        yield from _aliases(case, storages)
    if django.VERSION < (4, 2):
        yield from _before_storages(case)
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
            yield found(checks.STORAGE_NOT_THERE, setting=f'STORAGES["{alias}"]', backend=backend, missing=missing)
    if case.backend("staticfiles") == "django.core.files.storage.FileSystemStorage":
        yield found(checks.UPLOAD_STORAGE_FOR_STATIC)
    if case.backend("default").rpartition(".")[2].endswith(STATIC_STORAGE_NAMES):
        yield found(checks.STATIC_STORAGE_FOR_UPLOADS)


def _before_storages(case: Case) -> Iterator[Finding]:
    if case.get("STORAGES") is not None:
        yield found(checks.STORAGES_TOO_NEW, django=".".join(map(str, django.VERSION[:2])))
    for setting, _default in BEFORE_STORAGES.values():
        backend = str(case.get(setting) or "")
        if backend and (missing := _missing(backend)):
            yield found(checks.STORAGE_NOT_THERE, setting=setting, backend=backend, missing=missing)


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
    """What is sure about buckets from the settings and the classes."""
    uploads, static = case.traits("default"), case.traits("staticfiles")
    if "s3" in static:
        signs = _option(case, "staticfiles", "querystring_auth", "AWS_QUERYSTRING_AUTH", True)
        if signs and not _option(case, "staticfiles", "custom_domain", "AWS_S3_CUSTOM_DOMAIN", None):
            yield found(checks.STATIC_ADDRESSES_SIGNED)
    if uploads & static & {"s3", "gcs", "azure"} and _bucket(case, "default") == _bucket(case, "staticfiles"):
        yield found(checks.ONE_BUCKET)
    if "s3" in uploads:
        # On by default: without file fields only where it was written.
        if _option(case, "default", "file_overwrite", "AWS_S3_FILE_OVERWRITE", case.keeps_uploads):
            yield found(checks.UPLOADS_OVERWRITE, storage=case.backend("default"))
        acl = _option(case, "default", "default_acl", "AWS_DEFAULT_ACL", None)
        signs = _option(case, "default", "querystring_auth", "AWS_QUERYSTRING_AUTH", True)
        if acl == "private" and not signs:
            yield found(checks.PRIVATE_UNSIGNED, acl=repr(acl))
    if "gcs" in uploads and _option(case, "default", "file_overwrite", "GS_FILE_OVERWRITE", case.keeps_uploads):
        yield found(checks.UPLOADS_OVERWRITE, storage=case.backend("default"))
    if "azure" in uploads and _option(case, "default", "overwrite_files", "AZURE_OVERWRITE_FILES", False):
        yield found(checks.UPLOADS_OVERWRITE, storage=case.backend("default"))


def _option(case: Case, alias: str, name: str, setting: str, default: Any) -> Any:
    """The value that the storage will have: of OPTIONS, of a subclass of the project's own, of the setting."""
    options = case.storage_options(alias)
    if name in options:
        return options[name]
    cls = backends.imported(case.backend(alias)) if case.imports else None
    for base in getattr(cls, "__mro__", ()):
        if base.__module__.startswith("storages."):
            break
        if name in vars(base):
            return vars(base)[name]
    return case.get(setting, default)


def _bucket(case: Case, alias: str) -> tuple[Any, ...]:
    key = {"s3": ("bucket_name", "AWS_STORAGE_BUCKET_NAME"), "gcs": ("bucket_name", "GS_BUCKET_NAME")}
    trait = next((one for one in key if one in case.traits(alias)), "")
    name, setting = key.get(trait, ("azure_container", "AZURE_CONTAINER"))
    place = {"s3": "AWS_LOCATION", "gcs": "GS_LOCATION"}.get(trait, "AZURE_LOCATION")
    return (
        trait,
        _option(case, alias, name, setting, None),
        str(_option(case, alias, "location", place, "") or "").strip("/"),
    )
