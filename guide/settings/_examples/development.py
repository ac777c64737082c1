"""Development, beside the settings.py of startproject: `DJANGO_SETTINGS_MODULE=project.development`."""

from project.settings import *
from project.settings import BASE_DIR

DEBUG = True

# Never the key of production.
SECRET_KEY = "insecure-key-of-development"

ALLOWED_HOSTS = []

INSTALLED_APPS = [
    "shop",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

STATIC_URL = "static/"

STATICFILES_DIRS = [BASE_DIR / "assets"]

MEDIA_URL = "media/"

MEDIA_ROOT = BASE_DIR / "uploads"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                # {{ STATIC_URL }} and {{ MEDIA_URL }} in every template.
                "django.template.context_processors.static",
                "django.template.context_processors.media",
            ],
            # The static tag in every template, without {% load static %}.
            "builtins": ["django.templatetags.static"],
        },
    },
]
