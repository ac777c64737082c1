"""Production: DEBUG off, WhiteNoise serves what collectstatic wrote, and every secret comes from the environment.

SECRET_KEY and ALLOWED_HOSTS must be set; without them this module stops with a sentence that says so.
Optional: CSRF_TRUSTED_ORIGINS (comma-separated), DATABASE_URL, STATIC_ROOT, MEDIA_ROOT, PRIVATE_MEDIA_ROOT (beside
MEDIA_ROOT unless told otherwise), MEDIA_ORIGIN, and TRUSTED_FRONT (what the proxy says in X-Front: "nginx" with
deploy/nginx.conf). LOCAL_HTTP=1 turns off what needs HTTPS (redirect, HSTS, secure cookies) for use on your own
machine; `manage.py sidebyside` sets it.
"""

import os

from mysite.environment import comma_separated, required
from mysite.settings.base import *  # noqa: F403
from mysite.settings.base import MIDDLEWARE, STORAGES

MODE = "production"

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "a long random string; keep it out of version control")
ALLOWED_HOSTS = comma_separated(required("ALLOWED_HOSTS", "the site's host names, comma-separated"))
CSRF_TRUSTED_ORIGINS = comma_separated(os.environ.get("CSRF_TRUSTED_ORIGINS", ""))

# Right below SecurityMiddleware: above it static files would lose nosniff and HSTS; further down, every
# middleware in between would run for each stylesheet, and one that asks for a login would keep the CSS for itself.
_security = MIDDLEWARE.index("django.middleware.security.SecurityMiddleware")
MIDDLEWARE = [
    *MIDDLEWARE[:_security],
    "mysite.serving.static_answers.StaticAnswersMiddleware",  # corrects some of WhiteNoise's answers
    MIDDLEWARE[_security],
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *MIDDLEWARE[_security + 1 :],
]

# Hashed names, so that browsers may keep a file forever; .gz and .br written once, by collectstatic.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOCAL_HTTP = os.environ.get("LOCAL_HTTP") == "1"
SECURE_SSL_REDIRECT = not LOCAL_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a health check asks the server itself, without HTTPS
SECURE_HSTS_SECONDS = 0 if LOCAL_HTTP else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL_HTTP
SECURE_HSTS_PRELOAD = not LOCAL_HTTP
SESSION_COOKIE_SECURE = not LOCAL_HTTP
CSRF_COOKIE_SECURE = not LOCAL_HTTP
# The proxy in front must set this header itself and drop a visitor's own; deploy notes say how.
SECURE_PROXY_SSL_HEADER = None if LOCAL_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Django's default mails a traceback to ADMINS and prints nothing; here it goes where every host collects logs.
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
