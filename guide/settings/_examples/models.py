import uuid

from django.core.files.storage import storages
from django.db import models


def picture_name(instance, filename):
    """A random name: people cannot guess it, and two uploads never meet."""
    ending = filename.rpartition(".")[2].lower()
    return f"pictures/{uuid.uuid4().hex}.{ending}"


def private_storage():
    """Asked at the start of each process; the migration names this function and no folder."""
    return storages["private"]


class Product(models.Model):
    picture = models.ImageField(upload_to=picture_name)
    manual = models.FileField(upload_to="manuals/%Y/%m/", max_length=200)
    invoice = models.FileField(upload_to="invoices/", storage=private_storage)
