from pathlib import Path

from django.db import models
from PIL import Image


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to="products/", blank=True)

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.picture:
            thumbnail = Path("media") / self.thumbnail_name
            thumbnail.parent.mkdir(parents=True, exist_ok=True)
            with Image.open(self.picture.path) as image:
                image.thumbnail((200, 200))
                image.save(thumbnail)

    @property
    def thumbnail_name(self):
        return f"thumbnails/{Path(self.picture.name).name}"

    @property
    def thumbnail_url(self):
        return f"/media/{self.thumbnail_name}"
