from django.test import TestCase
from shop.models import Product


class PictureTests(TestCase):
    def test_the_page_names_the_address_of_the_picture(self):
        product = Product.objects.create(name="A cat", picture="products/cat.jpg")
        page = self.client.get(f"/{product.pk}/")
        self.assertContains(page, f'src="{product.picture.url}"')
