from django.db import models


def own_folder(product, filename):
    return f"products/{product.id}/{filename}"


class Product(models.Model):
    name = models.CharField(max_length=100)
    picture = models.ImageField(upload_to=own_folder, blank=True)
