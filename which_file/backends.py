"""What a storage or a middleware is, by its class and the classes that it derives from."""

from __future__ import annotations

import functools
import importlib
import re
from typing import Any

# A class in the line of ancestors: its module (or the beginning of it), its name, and what that makes of a storage.
KNOWN = (
    ("django.core.files.storage", "FileSystemStorage", "disk"),
    ("django.contrib.staticfiles.storage", "StaticFilesStorage", "static"),
    ("django.contrib.staticfiles.storage", "ManifestFilesMixin", "manifest"),
    ("django.contrib.staticfiles.storage", "HashedFilesMixin", "hashed"),
    ("django.core.files.storage", "InMemoryStorage", "memory"),
    ("whitenoise.storage", "", "whitenoise"),
    ("servestatic.storage", "", "whitenoise"),
    ("storages.backends.s3", "", "s3"),
    ("storages.backends.gcloud", "", "gcs"),
    ("storages.backends.azure_storage", "", "azure"),
    ("cloudinary_storage", "", "cloudinary"),
)
BUCKETS = frozenset({"s3", "gcs", "azure", "cloudinary"})


def traits(backend: str, *, imports: bool) -> frozenset[str]:
    """Words for what a storage is: disk, static, hashed, manifest, whitenoise, s3, gcs, azure, bucket, memory.

    Without `imports` they come from the name alone, because cloud storages take long to import.
    """
    found = _by_class(backend) if imports else frozenset()
    found = found or _by_name(backend)
    return found | {"bucket"} if found & BUCKETS else found


@functools.lru_cache(maxsize=None)
def _by_class(backend: str) -> frozenset[str]:
    cls = imported(backend)
    if not isinstance(cls, type):
        return frozenset()
    ancestors = [(base.__module__, base.__name__) for base in cls.__mro__]
    found = {
        trait
        for module, name, trait in KNOWN
        if any(where.startswith(module) and name in ("", what) for where, what in ancestors)
    }
    return frozenset(found or {"other"})


def _by_name(backend: str) -> frozenset[str]:
    module, _, name = backend.rpartition(".")
    found = {trait for start, what, trait in KNOWN if module.startswith(start) and what in ("", name)}
    if name.endswith(("ManifestStaticFilesStorage", "ManifestStaticStorage")):
        found |= {"hashed", "manifest"}
    if name.endswith("StaticFilesStorage") and not found & BUCKETS:
        found.add("static")
    if name.endswith("FileSystemStorage") and not found & BUCKETS:
        found.add("disk")
    return frozenset(found)


def imported(path: str) -> Any:
    """The object of a dotted path, or None where importing it fails in whatever way."""
    module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except Exception:
        return None


def is_whitenoise(middleware: str, *, imports: bool) -> bool:
    if re.search(r"(WhiteNoise|ServeStatic)Middleware$", middleware):
        return True
    if not imports or middleware.startswith("django."):
        return False
    return _derives_from_whitenoise(middleware)


@functools.lru_cache(maxsize=None)
def _derives_from_whitenoise(middleware: str) -> bool:
    cls = imported(middleware)
    return isinstance(cls, type) and any(
        base.__module__.startswith(("whitenoise.", "servestatic.")) for base in cls.__mro__
    )
