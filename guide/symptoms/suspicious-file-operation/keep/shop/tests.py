import tempfile

from django.core.files.base import ContentFile
from django.test import TestCase, override_settings
from shop.models import Product


class ProductPageTests(TestCase):
    def test_the_page_of_a_product_with_a_picture(self):
        media = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=media))
        product = Product.objects.create(name="Tea")
        product.picture.save("tea.png", ContentFile(b"tea"))
        self.assertEqual(self.client.get(f"/{product.pk}/").status_code, 200)
