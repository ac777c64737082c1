from io import BytesIO

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to="products/", blank=True)

    def thumbnail(self):
        image = Image.open(self.picture)
        image.thumbnail((80, 80))
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer)
        file = BytesIO()
        image.save(file, "JPEG")
        return ContentFile(file.getvalue(), "thumbnail.jpg")
