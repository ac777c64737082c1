from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(
        upload_to="products/",
        blank=True,
        storage=FileSystemStorage(location=settings.PRIVATE_ROOT),
    )
