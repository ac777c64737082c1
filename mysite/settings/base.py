"""What is true in every mode. Static files keep Django's plain storage: prod.py alone chooses WhiteNoise."""

import os
from pathlib import Path
from typing import Any

import django

from mysite import database
from mysite.environment import number, origin, ports

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    # app1 and app2 both ship a static file called app.css, and the finders take the first they meet:
    "app1",  # swap this line
    "app2",  # with this one, and app2's wins.
    "gallery",
    "guide",
    "lab",
    "which_file",
    "workshop",
    "mysite",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Django 6.0 brought its own Content-Security-Policy middleware; for 5.2 the package django-csp does the same.
if django.VERSION >= (6, 0):
    CSP_MIDDLEWARE = "django.middleware.csp.ContentSecurityPolicyMiddleware"
else:
    CSP_MIDDLEWARE = "csp.middleware.CSPMiddleware"

MIDDLEWARE = [
    "mysite.web.colophon.ColophonMiddleware",  # first: it takes the time
    "mysite.web.unread_body.UnreadBodyMiddleware",  # above those that answer without reading a body
    "django.middleware.security.SecurityMiddleware",
    CSP_MIDDLEWARE,
    "mysite.web.body_limit.BodyLimitMiddleware",
    "mysite.web.preferences.PreferencesMiddleware",
    "gallery.middleware.MediaMiddleware",  # above the sessions: a media file is the same for everybody
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mysite.urls"
WSGI_APPLICATION = "mysite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"code": "mysite.web.code"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mysite.web.modes.mode",
                "mysite.web.swatch.swatch",
                "mysite.web.preferences.preferences",
                "mysite.web.colophon.colophon",
                "mysite.web.sharing.sharing",
            ],
        },
    },
]

DATABASES = {
    "default": database.from_url(os.environ["DATABASE_URL"], number("DATABASE_POOL_SIZE", 10))
    if os.environ.get("DATABASE_URL")
    else database.sqlite(BASE_DIR / "db.sqlite3"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The addresses of all modes where `manage.py sidebyside` runs them: each page links to itself in the others.
MODE_PORTS = ports(os.environ.get("MODE_PORTS", ""))

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Static files: shipped with the code.
STATIC_URL = "static/"  # where the browser asks; Django turns it into /static/
STATICFILES_DIRS = [BASE_DIR / "static"]  # source folders that belong to no app
STATICFILES_FINDERS = [  # Django's default, written out because their order is half of this site's subject
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Folders with projects of their own, broken on purpose, that which-file leaves out.
WHICH_FILE_EXCLUDE = ["guide/symptoms", "workshop/exercises", "lab/variations", "tests", "starter", ".lab_cache"]
# Clashes that are meant. `manage.py check --deploy` and `which-file` name every other one.
WHICH_FILE_KNOWN_CLASHES = ["app.css"]
# Where collectstatic writes; development never reads it.
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))

# Media files: made by visitors at run time. MEDIA_ORIGIN, such as https://example-usercontent.com, gives them a site of
# their own: a file from there can neither read this site's cookies nor touch its pages, whatever it turns out to be.
MEDIA_ORIGIN = origin(os.environ.get("MEDIA_ORIGIN", ""))
MEDIA_URL = f"{MEDIA_ORIGIN}/media/" if MEDIA_ORIGIN else "media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "uploads"))

# Private photos lie outside MEDIA_ROOT, so that no media route, nginx location or bucket policy can give them away.
PRIVATE_MEDIA_ROOT = Path(os.environ.get("PRIVATE_MEDIA_ROOT", MEDIA_ROOT.with_name(f"{MEDIA_ROOT.name}-private")))
# How a private photo's checked view hands the file over: to a request that came through nginx with X-Accel-Redirect to
# this `internal` location of deploy/nginx.conf; PRIVATE_MEDIA_REDIRECT sends the browser to the storage's signed URL.
MEDIA_ACCEL_PREFIX = "/private-media/"
PRIVATE_MEDIA_REDIRECT = False
# What X-Front must say for a request to count as one that nginx handed on (gallery/front.py); empty: none does.
TRUSTED_FRONT = os.environ.get("TRUSTED_FRONT", "")

# STORAGES is never merged with Django's default: leave one of the first two aliases out and it is gone.
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "gallery.storage.DurableFileSystemStorage",  # Django's own, but no half-written file is ever seen
        "OPTIONS": {"derived": "renditions/"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "gallery.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "derived": "renditions/"},
    },
}

# Uploads stay in memory and are cut off at these limits, so a full temporary disk cannot turn an upload into a 500.
FILE_UPLOAD_HANDLERS = ["gallery.uploadhandlers.BoundedMemoryUploadHandler"]
MAX_UPLOAD_BYTES = 10 * 1024 * 1024  # one photo
MAX_BATCH_BYTES = 50 * 1024 * 1024  # all photos of one request
MAX_HELD_BYTES = 256 * 1024 * 1024  # all requests of one server process at the same moment
# A larger request is answered 413 unread; one between this and MAX_UPLOAD_BYTES is read to its end and thrown away,
# because a browser shows no answer that comes before it has sent everything.
MAX_BODY_BYTES = 256 * 1024 * 1024

# Worker processes decode; half the processors stay free for pages, and production has two server processes.
MAX_UPLOAD_PIXELS = 50_000_000  # width times height, read from the header before anything is decoded
PICTURE_MEMORY = 256 * 1024 * 1024  # bytes that decoding one picture may take; lowers the pixels for costly formats
PICTURE_SECONDS = 4  # of processor time for one picture
PICTURE_WORKERS = max(1, (os.cpu_count() or 2) // 2)  # for each server process; 0 decodes in the server itself
PICTURE_PATIENCE = 30  # seconds in which a worker must become free, else the answer is 503

# What one visitor may keep here. Counted for each session, never for each address: a whole school shares one address.
SESSION_MAX_PHOTOS = 1000
SESSION_MAX_BYTES = 1024 * 1024 * 1024
SESSION_MAX_RECENT = 500  # photos in ten minutes

# Content-Security-Policy: this site's own files and nothing inline. One value for both middlewares.
CSP_DIRECTIVES = {
    "default-src": ["'self'"],
    # blob: is the preview of a photo not sent yet, data: the admin's icons
    "img-src": ["'self'", "blob:", "data:", *([MEDIA_ORIGIN] if MEDIA_ORIGIN else [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CSP = CSP_DIRECTIVES
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_DIRECTIVES}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
