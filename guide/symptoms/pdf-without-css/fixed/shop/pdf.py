import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

SITE = "https://here.invalid"  # no request is sent there: it only makes relative addresses absolute


class Files(URLFetcher):
    """Reads this project's static and media files from the disk or the bucket, everything else from the network."""

    def fetch(self, url, headers=None):
        if not url.startswith(SITE):
            return super().fetch(url, headers)
        path = unquote(urlsplit(url).path)
        if path.startswith(settings.STATIC_URL):
            body = static_file(path.removeprefix(settings.STATIC_URL))
        elif path.startswith(settings.MEDIA_URL):
            with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
                body = file.read()
        else:
            raise ValueError(f"not a static or media file: {path}")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def static_file(name):
    """Return what was collected under that name, hashed or not; in development what a finder knows."""
    if settings.STATIC_ROOT and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    return Path(finders.find(name)).read_bytes()


def document(html):
    return HTML(string=html, base_url=SITE, url_fetcher=Files())
