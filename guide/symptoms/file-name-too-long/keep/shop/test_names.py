from django.test import SimpleTestCase
from shop.models import Product


class NameTests(SimpleTestCase):
    def test_a_stored_name_is_short(self):
        name = Product.picture.field.generate_filename(Product(), "\u6f22" * 86 + ".png")
        self.assertLess(len(name.encode()), 100)
