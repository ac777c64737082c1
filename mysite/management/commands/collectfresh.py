"""`manage.py collectfresh`: collectstatic for a production server that is about to start.

Why not `collectstatic` alone: it skips a source that is older than the copy it made before, so swapping app1 and app2
would not reach production. Why not `collectstatic --clear`: with WhiteNoise it hashes and compresses every file again,
seconds on each start, and a Ctrl-C in the middle leaves a broken folder. So: compare the contents of everything the
finders give and of everything collected (a few hundredths of a second), and when anything differs collect everything
into an empty folder that then takes the old one's place.
"""

import importlib.metadata
import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as CollectStatic
from django.core.files.storage import storages

from mysite.release import Release, digest


class Command(CollectStatic):
    help = (
        "Collects static files into an empty folder that then replaces STATIC_ROOT; does nothing when nothing changed."
    )

    def handle(self, **options: Any) -> str | None:
        if not self.is_local_storage():
            return super().handle(**options)  # a bucket cannot be renamed
        release = Release(Path(settings.STATIC_ROOT))
        sources = digest(found_files(), facts=facts(type(self.storage)))
        if release.is_made_of(sources):
            return f"Nothing changed since the last collectstatic: {release.root} is served as it is."
        release.begin()
        alias: dict[str, Any] = settings.STORAGES["staticfiles"]
        here = {**alias.get("OPTIONS", {}), "location": release.new}
        self.storage = storages.create_storage({**alias, "OPTIONS": here})
        super().handle(**{**options, "interactive": False})
        release.finish(sources)
        return f"{len(self.copied_files)} static files collected into {release.root}."


def found_files() -> Iterator[tuple[str, Path]]:
    """Every static file in the finders' order, losers too, under the name collectstatic gives it."""
    ignored = cast(StaticFilesConfig, apps.get_app_config("staticfiles")).ignore_patterns
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            yield os.path.join(getattr(storage, "prefix", None) or "", path), Path(storage.path(path))  # noqa: PTH118


def facts(storage_class: type) -> str:
    """What else decides how a collected file looks: the settings, the versions, and the storage's own code."""
    names = [name for name in dir(settings) if name.startswith(("STATIC", "STORAGES", "WHITENOISE"))]
    values = [f"{name}={getattr(settings, name)!r}" for name in names]
    versions = [f"{name}={version(name)}" for name in ("Django", "whitenoise", "Brotli")]
    modules = {inspect.getsourcefile(ancestor) for ancestor in storage_class.__mro__ if ancestor is not object}
    code = digest((path, Path(path)) for path in sorted(filter(None, modules)))
    return "\n".join([*values, *versions, code])


def version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
