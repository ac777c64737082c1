import tempfile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase, override_settings
from shop.models import Product


class OldPictureTests(TestCase):
    def setUp(self):
        media = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(override_settings(MEDIA_ROOT=media))
        self.product = Product.objects.create(name="Tea")
        self.product.picture.save("first.png", ContentFile(b"first"))

    def test_a_replaced_picture_is_deleted(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.product.picture.save("second.png", ContentFile(b"second"))
        self.assertEqual(default_storage.listdir("products")[1], ["second.png"])

    def test_the_picture_of_a_deleted_row_is_deleted(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.product.delete()
        self.assertEqual(default_storage.listdir("products")[1], [])

    def test_a_picture_that_another_row_names_stays(self):
        Product.objects.create(name="Green tea", picture=self.product.picture.name)
        with self.captureOnCommitCallbacks(execute=True):
            self.product.delete()
        self.assertEqual(default_storage.listdir("products")[1], ["first.png"])
