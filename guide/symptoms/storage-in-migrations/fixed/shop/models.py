from django.core.files.storage import storages
from django.db import models


def private_storage():
    return storages["private"]


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to="products/", blank=True, storage=private_storage)
