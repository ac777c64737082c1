"""Production. Values that differ from server to server, and secrets, come from variables: see .env.example."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, STORAGES


def required(name):
    """Return a variable's value. Stops the start without it: a default would hide the mistake."""
    if not os.environ.get(name):
        raise ImproperlyConfigured(f"Set the environment variable {name}. It is described in .env.example.")
    return os.environ[name]


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = required("ALLOWED_HOSTS").split(",")

if url := os.environ.get("DATABASE_URL"):
    parts = urlsplit(url)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
        }
    }

# HTTPS ends at nginx or at the platform, which says so in this header. Trust it only where that server sets it itself:
# otherwise a visitor can. With it Django also accepts the Origin header of an HTTPS form.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 3600  # an hour. Raise it to 31536000, a year, once HTTPS has worked for some days
# check --deploy also asks for HSTS on every sub-domain and in browsers' lists. Both are hard to take back.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# WhiteNoise serves STATIC_ROOT: after SecurityMiddleware, whose headers it keeps, and before everything else.
# Behind nginx no request for a static file gets this far.
_after_security = MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1
MIDDLEWARE = [
    *MIDDLEWARE[:_after_security],
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *MIDDLEWARE[_after_security:],
]
# Hashed names, which browsers may keep forever, and a .gz and a .br copy beside each file.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads: on this machine's disk, where nginx.conf serves them, or in a bucket where the disk is not kept.
PRIVATE_FILES_BY_NGINX = "BUCKET" not in os.environ
if "BUCKET" in os.environ:
    BUCKET = {
        "bucket_name": required("BUCKET"),
        "region_name": required("BUCKET_REGION"),
        "endpoint_url": os.environ.get("BUCKET_ENDPOINT"),  # for S3's relatives; Amazon's own needs none
        "signature_version": "s3v4",  # the only one that new regions and most relatives accept
        "file_overwrite": False,  # True is the default: a second photo.jpg would replace the first
    }
    S3 = "storages.backends.s3.S3Storage"
    STORAGES = {
        **STORAGES,
        "default": {"BACKEND": S3, "OPTIONS": {**BUCKET, "location": "media"}},
        "private": {"BACKEND": S3, "OPTIONS": {**BUCKET, "location": "private"}},
    }
