"""Storages for tests: nothing has to be collected, nothing is left behind, and a bad name is still an error."""

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class FoundStorage(StaticFilesStorage):
    """Plain names, as in development, but only of files that collectstatic would find."""

    def url(self, name):
        if not finders.find(name):
            raise ValueError(f"No finder knows {name!r}, which a static tag names.")
        return super().url(name)


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "project.testing.FoundStorage"},
}
