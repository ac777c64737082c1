"""`manage.py sample_photos`: a few photos, so that a new gallery is not empty."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from gallery import pictures, samples
from gallery.models import Photo


class Command(BaseCommand):
    help = "Draw sample photos and store them as uploads. Does nothing where the gallery already has photos."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if Photo.objects.exists():
            return
        limits = pictures.Limits(settings.MAX_UPLOAD_PIXELS, settings.PICTURE_MEMORY)
        for scene in samples.SCENES:
            content = samples.jpeg(scene)
            Photo.store(pictures.read(content, limits), scene.name, len(content))
        self.stdout.write(f"{len(samples.SCENES)} sample photos drawn.")
