"""Production behind HTTPS, static files by WhiteNoise: `DJANGO_SETTINGS_MODULE=project.production`."""

import os

from project.settings import *
from project.settings import BASE_DIR

DEBUG = False

# A variable that is not set stops the start with a KeyError, which is better than a key that others know.
SECRET_KEY = os.environ["SECRET_KEY"]

# Names without scheme and port, such as "www.example.com,example.com".
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")

# Only for forms that another origin sends here.
CSRF_TRUSTED_ORIGINS = ["https://shop.example.com"]

# Your own apps first: of two files with the same path the first app's is used.
INSTALLED_APPS = [
    "shop",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Right below SecurityMiddleware, and above everything that asks for a login.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

STATIC_URL = "static/"

STATIC_ROOT = BASE_DIR / "staticfiles"

MEDIA_URL = "media/"

# Outside the code, so that a release does not replace it; the back-up includes it.
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", "/srv/shop/media")

# Both aliases: STORAGES is not merged with Django's default.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# For a server behind a proxy that sets this header itself and drops a visitor's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = True
# The address that a load balancer asks without HTTPS. Paths are compared without their first slash.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

# Begin with an hour. A browser that has read a year comes by HTTPS for a year.
SECURE_HSTS_SECONDS = 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

X_FRAME_OPTIONS = "DENY"
