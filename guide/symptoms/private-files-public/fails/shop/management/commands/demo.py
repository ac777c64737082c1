"""Two customers with sessions whose keys are known, and an invoice of the first."""

from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.core.management import BaseCommand
from django.utils import timezone
from shop.models import Invoice


class Command(BaseCommand):
    def handle(self, **options):
        for name in ("ada", "grace"):
            user = get_user_model().objects.create_user(name)
            data = {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: user.get_session_auth_hash(),
            }
            Session.objects.save(f"session-of-{name}", data, timezone.now() + timedelta(days=1))
        Invoice.objects.create(owner=get_user_model().objects.get(username="ada"), file="invoices/2024-001.pdf")
