"""Settings of a photo wall to which everybody may add, in development."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "for-this-exercise-only"
DEBUG = True
ALLOWED_HOSTS = []

INSTALLED_APPS = [
    "photos",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
    },
]

# Static files: shipped with the code.
STATIC_URL = "/static/"

# Media files: uploaded by visitors.
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "uploads"
