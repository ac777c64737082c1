from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import TestCase
from shop.models import Invoice


class InvoiceTests(TestCase):
    def setUp(self):
        self.ada = get_user_model().objects.create_user("ada")
        self.grace = get_user_model().objects.create_user("grace")
        self.invoice = Invoice.objects.create(owner=self.ada, file="invoices/2024-001.pdf")

    def status(self, user=None):
        self.client.logout()
        if user:
            self.client.force_login(user)
        return self.client.get(f"/invoices/{self.invoice.pk}/").status_code

    def test_invoices_are_not_below_media_root(self):
        self.assertNotIn(Path(settings.MEDIA_ROOT), Path(self.invoice.file.path).parents)

    def test_only_the_owner_gets_an_invoice(self):
        self.assertEqual([self.status(), self.status(self.grace), self.status(self.ada)], [302, 404, 200])
