import uuid
from pathlib import PurePosixPath

from django.db import models


def own_name(product, filename):
    return f"products/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()[:10]}"


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to=own_name, blank=True)
