from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to="products/", blank=True)

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.picture and not self.picture.storage.exists(self.thumbnail_name):
            content = BytesIO()
            with self.picture.storage.open(self.picture.name) as file, Image.open(file) as image:
                image.thumbnail((200, 200))
                image.convert("RGB").save(content, "JPEG")
            self.picture.storage.save(self.thumbnail_name, ContentFile(content.getvalue()))

    @property
    def thumbnail_name(self):
        return f"thumbnails/{PurePosixPath(self.picture.name).name}.jpg"

    @property
    def thumbnail_url(self):
        return self.picture.storage.url(self.thumbnail_name)
