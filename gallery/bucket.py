"""Where photos are in the cloud: a bucket behind HTTP, which may be slow, away, or answer half.

django-storages' own class does the talking. Measured with it and added here: it opens a connection of its own for each
thread, at a fifth of a second and 13 MB each; and nothing bounds how long a photo of eight files takes when each
request of them may take seconds.
"""

import logging
import threading
import time
from collections.abc import Collection, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from gallery.storage import PhotoStorage

logger = logging.getLogger(__name__)

HANDS = 16  # requests to the bucket at the same moment, of each server process


class BucketStorage(PhotoStorage, S3Storage):  # type: ignore[misc]  # django-storages has no types
    """A remote PhotoStorage. `patience` is in seconds: after that a visitor reads that the bucket is away."""

    is_remote = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._opening = threading.Lock()
        self._opened: Any = None
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="bucket")
        self._sweeper = ThreadPoolExecutor(1, thread_name_prefix="bucket-sweeper")

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "patience": 10.0}

    @property
    def connection(self) -> Any:
        """One for all threads: boto3's clients are made for that, and only they are used by several at once."""
        with self._opening:
            if self._opened is None:
                self._opened = self._create_session().resource(
                    "s3",
                    region_name=self.region_name,
                    use_ssl=self.use_ssl,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config,
                    verify=self.verify,
                )
            return self._opened

    @property
    def place(self) -> str:  # type: ignore[override]
        """Return `bucket/location`."""
        return f"{self.bucket_name}/{self.location}".rstrip("/")

    def get_modified_time(self, name: str) -> datetime:
        try:
            return super().get_modified_time(name)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        try:
            return super().listdir(name)
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"The bucket's folder {self.place}/{name} cannot be listed. {error}") from error

    def save_all(self, contents: Mapping[str, bytes]) -> None:
        """Save all files, the last one when the others are there. If one fails, delete what was tried and raise."""
        end = time.monotonic() + self.patience
        *others, last = contents
        puts: dict[Future[None], str] = {}
        try:
            for names in (others, [last]):
                begun = {self._hands.submit(self._put, name, contents[name]): name for name in names}
                puts |= begun
                self._finish(begun, end)
        except BaseException:
            # A lost answer may have been a yes, so what was tried goes, not only what succeeded.
            tried = {future: name for future, name in puts.items() if not future.cancel()}
            swept = self._sweeper.submit(self._sweep, tried)
            wait([swept], timeout=max(0.0, end - time.monotonic()))
            raise

    def delete_all(self, names: Collection[str]) -> None:
        """Delete the files, several at a time. Raises at the first that fails, or after `patience` seconds."""
        end = time.monotonic() + self.patience
        self._finish({self._hands.submit(self.delete, name): name for name in names}, end)

    def _put(self, name: str, content: bytes) -> None:
        saved = self.save(name, ContentFile(content))
        if saved != name:
            self.delete(saved)
            raise FileExistsError(name)

    def _finish(self, futures: Mapping[Future[None], str], end: float) -> None:
        done, pending = wait(futures, timeout=max(0.0, end - time.monotonic()), return_when=FIRST_EXCEPTION)
        try:
            for future in done:
                future.result()
            if pending:
                raise TimeoutError(f"The bucket has not taken {futures[pending.pop()]} in {self.patience:g} seconds.")
        except BaseException:
            for future in pending:
                future.cancel()
            raise

    def _sweep(self, tried: Mapping[Future[None], str]) -> None:
        """Removes what an upload that failed may have left. Stops at the first trouble: the audit does the rest."""
        wait(tried)  # not forever: each request has its own time-outs
        for future, name in tried.items():
            if isinstance(future.exception(), FileExistsError):
                continue  # somebody else's
            try:
                self.delete(name)
            except Exception:
                logger.warning("A failed upload may have left %s; `manage.py media audit --fix` removes it", name)
                return
