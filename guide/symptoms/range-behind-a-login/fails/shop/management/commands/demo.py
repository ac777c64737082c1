"""A member with a session whose key is known."""

from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.core.management import BaseCommand
from django.utils import timezone


class Command(BaseCommand):
    def handle(self, **options):
        user = get_user_model().objects.create_user("ada")
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        Session.objects.save("session-of-ada", data, timezone.now() + timedelta(days=1))
