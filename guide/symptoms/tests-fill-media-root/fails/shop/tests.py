from django.core.files.base import ContentFile
from django.test import TestCase

from shop.models import Product


class ProductTest(TestCase):
    def test_picture(self):
        product = Product(name="Lamp")
        product.picture.save("lamp.png", ContentFile(b"not really a picture"))
        self.assertTrue(product.picture.name.startswith("products/"))
