"""What is true in development, in production and in tests."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]  # the folder that contains manage.py

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",  # the static tag, collectstatic, and runserver's static files
    "photos",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # templates are in the apps, like static files
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"  # America/Chicago is the default
USE_TZ = True
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "photos:index"

# Static files: written by programmers, shipped with the code. collectstatic copies them from the apps to STATIC_ROOT.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"

# Media files: uploaded by visitors. Everybody may see MEDIA_ROOT, so private files get a folder outside of it.
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
PRIVATE_ROOT = BASE_DIR / "private"
PRIVATE_FILES_BY_NGINX = False  # who sends a private file once the view has said yes; see photos/views.py

# Django does not merge this dictionary with its default: name both "default" and "staticfiles".
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # nginx.conf keeps /protected/ from visitors. Without base_url the addresses would begin with MEDIA_URL.
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": "/protected/"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
