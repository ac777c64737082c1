"""Whether the parts that every visitor depends on work: the database, the place for uploads, the names of static files.

A sentence for each part, fit for strangers: what an exception says (hosts, users, paths) goes to the log alone.
"""

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

logger = logging.getLogger(__name__)

OK = "ok"
AWAY = "does not answer"
# Who asks, asks again every few seconds and waits as long: a storage that sends a byte now and then is away as well.
SECONDS = 4.0


class Broken(Exception):
    """This part does not work; the message may be shown to anybody."""


class Parts:
    """The parts of a site, each with a function that raises when it does not work."""

    def __init__(self, checks: Mapping[str, Callable[[], None]]) -> None:
        self._checks = checks
        # A check that does not end keeps its thread, so the next question waits for that one and begins no other.
        self._asking: dict[str, Future[str]] = {}
        self._lock = threading.Lock()

    def report(self, seconds: float = SECONDS) -> dict[str, str]:
        """Return "ok" or what is wrong for each part, after at most so many seconds for all of them."""
        end = time.monotonic() + seconds
        asked = {name: self._asked(name) for name in self._checks}
        return {name: _answer(name, verdict, end - time.monotonic()) for name, verdict in asked.items()}

    def _asked(self, name: str) -> Future[str]:
        with self._lock:
            under_way = self._asking.get(name)
            if under_way is None or under_way.done():
                under_way = self._asking[name] = Future()
                arguments = (self._checks[name], under_way)
                threading.Thread(target=_ask, args=arguments, name=f"health-{name}", daemon=True).start()
            return under_way


def _ask(check: Callable[[], None], asked: Future[str]) -> None:
    try:
        asked.set_result(verdict(check))
    finally:
        connection.close()  # this thread's own


def _answer(name: str, asked: Future[str], seconds: float) -> str:
    try:
        return asked.result(timeout=max(0.0, seconds))
    except TimeoutError:
        logger.warning("Health check %s takes longer than %g seconds", name, SECONDS)
        return AWAY


def verdict(check: Callable[[], None]) -> str:
    try:
        check()
    except Broken as broken:
        return str(broken)
    except Exception:
        logger.exception("Health check %s failed", check.__name__)
        return AWAY
    return OK


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def media() -> None:
    """A file without a name where the uploads go; on other storages a question, because there a write costs money."""
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.exists("healthz")
        return
    folder = Path(default_storage.location)
    try:
        folder.mkdir(parents=True, exist_ok=True)  # as the first upload would
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"ok")
    except OSError as error:
        logger.warning("Health check media: %s", error)
        raise Broken("cannot be written to") from error


def static() -> None:
    """Without its manifest a hashed storage cannot name a single file, and every page is a 500."""
    if settings.DEBUG or not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    manifest = staticfiles_storage
    if not manifest.hashed_files or not manifest.manifest_storage.exists(manifest.manifest_name):
        raise Broken("has no manifest: run `manage.py release`, then start the server again")


SITE = Parts({"database": database, "media": media, "static": static})
