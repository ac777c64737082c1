import mimetypes

from django.apps import AppConfig
from django.core import checks


class GalleryConfig(AppConfig):
    name = "gallery"

    def ready(self) -> None:
        # Python 3.11 does not know them, and on Windows the registry may say something else.
        mimetypes.add_type("image/webp", ".webp")
        mimetypes.add_type("image/avif", ".avif")
        from gallery.checks import check

        checks.register(check, checks.Tags.security)
