from io import BytesIO

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to="products/", blank=True)

    def thumbnail(self):
        image = Image.open(self.picture)
        image = image.resize((80, 80), Image.ANTIALIAS)
        file = BytesIO()
        image.convert("RGB").save(file, "JPEG")
        return ContentFile(file.getvalue(), "thumbnail.jpg")
