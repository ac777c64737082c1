from django.test import TestCase
from shop.models import Product


class ProductPageTests(TestCase):
    def test_a_product_without_a_picture_has_a_page(self):
        product = Product.objects.create(name="Tea")
        self.assertContains(self.client.get(f"/{product.pk}/"), "Tea")
