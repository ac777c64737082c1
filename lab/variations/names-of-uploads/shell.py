import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.template import Context, Template


class Product(models.Model):
    photo = models.ImageField(upload_to="photos/")

    class Meta:
        app_label = "app1"


name = Product._meta.get_field("photo").generate_filename(None, "my photo.png")
stored = default_storage.save(name, ContentFile(b"one"))
again = default_storage.save(name, ContentFile(b"two"))
print("stored:", stored)
print("again:", re.sub(r"_[0-9A-Za-z]{7}\.", "_and-seven-more.", again))

page = Context({"product": Product(photo=stored)})
print("{{ product.photo }}:", Template("{{ product.photo }}").render(page))
print("{{ product.photo.url }}:", Template("{{ product.photo.url }}").render(page))
for stored_name in {stored, again}:
    default_storage.delete(stored_name)
