"""`manage.py release`: collectstatic for a site that is in use.

Why not `collectstatic` alone: it writes into the folder that is being served, and stopped half-way it leaves neither
the old site nor the new one. It skips a source that is older than the copy it made before, so swapping app1 and app2
would not reach production. And `--clear` takes the old hashed files away while somebody's page still asks for them.
mysite/serving/release.py tells how the folders are kept.
"""

import filecmp
import importlib.metadata
import inspect
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as CollectStatic
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import storages
from django.core.management.base import CommandError
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from mysite.serving.release import KEEP, InTheWay, Releases, Sources, digest, link_or_copy

# collectstatic's own options, of which none makes sense here.
COLLECT = {
    "interactive": False,
    "post_process": True,
    "ignore_patterns": [],
    "use_default_ignore_patterns": True,
    "dry_run": False,
    "clear": False,
    "link": False,
}


class Command(CollectStatic):
    help = "Collects static files beside STATIC_ROOT and then puts them in its place in one step, if anything changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--keep", type=int, default=KEEP, help="releases whose hashed files are served (%(default)s)"
        )

    def handle(self, **options: Any) -> str | None:
        options = {**options, **COLLECT}
        if not self.is_local_storage():
            return super().handle(**options)  # a bucket cannot be renamed
        releases = Releases(Path(settings.STATIC_ROOT), max(1, options["keep"]))
        try:
            with releases.alone():
                return self.release(releases, options)
        except InTheWay as error:
            raise CommandError(str(error)) from error

    def release(self, releases: Releases, options: dict[str, Any]) -> str:
        sources = Sources(files=digest(found_files()), facts=digest([], facts(type(self.storage))))
        if releases.is_made_of(sources):
            return f"Nothing changed since the last release: {releases.root} is served as it is."
        new = releases.begin()
        self.storage = storage_in(new, releases.to_take_from(sources))
        super().handle(**options)
        releases.finish(new, sources)
        return f"{len(self.copied_files)} static files released in {releases.root}."


def storage_in(folder: Path, last: Path | None) -> StaticFilesStorage:
    """The project's static storage, writing to `folder`. WhiteNoise's takes what it compressed before from `last`."""
    alias: dict[str, Any] = settings.STORAGES["staticfiles"]
    here = {**alias.get("OPTIONS", {}), "location": folder}
    storage = storages.create_storage({**alias, "OPTIONS": here})
    if last and type(storage) is CompressedManifestStaticFilesStorage:
        storage = Thrifty(last, **here)
    return cast(StaticFilesStorage, storage)


class Thrifty(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise's storages have no types
    """Compressing is most of the work, and WhiteNoise does all of it again every time."""

    def __init__(self, last: Path, **options: Any) -> None:
        super().__init__(**options)
        self.last = last

    def create_compressor(self, **options: Any) -> Compressor:
        return ThriftyCompressor(self.last, Path(self.location), **options)


class ThriftyCompressor(Compressor):  # type: ignore[misc]
    """Takes the compressed files of the last release for a file that has not changed since."""

    def __init__(self, last: Path, new: Path, **options: Any) -> None:
        super().__init__(**options)
        self.last, self.new = last, new

    def compress(self, path: str) -> list[str]:
        before = self.last / Path(path).relative_to(self.new)
        if not before.is_file() or not filecmp.cmp(before, path, shallow=False):
            return cast(list[str], super().compress(path))
        compressed = [ending for ending in (".br", ".gz") if before.with_name(before.name + ending).is_file()]
        for ending in compressed:
            link_or_copy(f"{before}{ending}", f"{path}{ending}")
        times = before.stat()  # one Last-Modified for a content, compressed or not, from every server
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return [path + ending for ending in compressed]


def found_files() -> Iterator[tuple[str, Path]]:
    """Every static file in the finders' order, losers too, under the name collectstatic gives it."""
    ignored = cast(StaticFilesConfig, apps.get_app_config("staticfiles")).ignore_patterns
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            yield os.path.join(getattr(storage, "prefix", None) or "", path), Path(storage.path(path))  # noqa: PTH118


def facts(storage_class: type) -> str:
    """What else decides how a collected file looks: the settings, the versions, and the storage's own code."""
    places = {
        "STATIC_ROOT",
        "STATICFILES_DIRS",
    }  # where files lie makes no difference; their names are in the other hash
    names = [name for name in dir(settings) if name.startswith(("STATIC", "WHITENOISE")) and name not in places]
    values = [f"{name}={getattr(settings, name)!r}" for name in names]
    values.append(repr(settings.STORAGES["staticfiles"]))  # not the others: where media lies makes no difference
    versions = [f"{name}={version(name)}" for name in ("Django", "whitenoise", "Brotli")]
    modules = {inspect.getsourcefile(ancestor) for ancestor in storage_class.__mro__ if ancestor is not object}
    code = digest((path, Path(path)) for path in sorted(filter(None, modules)))
    return "\n".join([*values, *versions, code])


def version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
