"""Two shops under one roof: only the settings that matter here."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "for-this-exercise-on-your-own-machine-only"
DEBUG = True

INSTALLED_APPS = [
    "bakery",
    "library",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]

ROOT_URLCONF = "project.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
    },
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [("bakery", BASE_DIR / "bakery" / "static"), ("library", BASE_DIR / "library" / "static")]
