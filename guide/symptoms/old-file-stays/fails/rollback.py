from django.core.files.base import ContentFile
from django.db import transaction
from shop.models import Product

storage = Product.picture.field.storage

kept = Product.objects.create(name="Kept")
kept.picture.save("kept.png", ContentFile(b"kept"))
try:
    with transaction.atomic():
        kept.delete()
        raise RuntimeError("the transaction is rolled back")
except RuntimeError:
    pass
print("after a rollback:", "there" if storage.exists("products/kept.png") else "gone")

shared = Product.objects.create(name="Shared")
shared.picture.save("shared.png", ContentFile(b"shared"))
other = Product.objects.create(name="The same picture", picture=shared.picture.name)
shared.delete()
print("named by another row:", "there" if storage.exists("products/shared.png") else "gone")
other.delete()
print("named by no row:", "there" if storage.exists("products/shared.png") else "gone")
