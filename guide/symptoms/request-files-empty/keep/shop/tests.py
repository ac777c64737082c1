from django.test import TestCase
from shop.forms import ProductForm


class FormTagTests(TestCase):
    def test_the_form_of_the_page_can_carry_a_file(self):
        self.assertTrue(ProductForm().is_multipart())
        self.assertContains(self.client.get("/add/"), 'enctype="multipart/form-data"')
