"""For special needs: `DJANGO_SETTINGS_MODULE=project.special`."""

import re

from project.settings import *
from project.settings import BASE_DIR

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "project.apps.StaticFiles",
    "shop",
]

STATIC_URL = "https://cdn.example.com/static/"

STATICFILES_DIRS = [("vendor", BASE_DIR / "node_modules/htmx.org/dist")]

STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": "/srv/shop/media",
            "base_url": "/media/",
            "file_permissions_mode": 0o640,
            "directory_permissions_mode": 0o750,
        },
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": "/srv/shop/private"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        "OPTIONS": {"location": "/srv/static", "base_url": "https://cdn.example.com/static/"},
    },
}

# What the template tags write for a site at https://example.com/shop/.
FORCE_SCRIPT_NAME = "/shop"

# A proxy that sets these headers itself stands in front.
USE_X_FORWARDED_HOST = True
USE_X_FORWARDED_PORT = True

X_FRAME_OPTIONS = "SAMEORIGIN"

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"

# Only for a domain that you hand in at hstspreload.org.
SECURE_HSTS_PRELOAD = True

LOGIN_URL = "admin:login"
APPEND_SLASH = False
IGNORABLE_404_URLS = [re.compile(r"^/favicon\.ico$"), re.compile(r"^/robots\.txt$"), re.compile(r"\.php$")]

# Modes are octal numbers: 0o and three digits.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_TEMP_DIR = BASE_DIR / "tmp"

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
