"""The second origin of `manage.py sidebyside --media-origin`: a Django that knows media files and nothing else.

On a real host nginx (the last server in deploy/nginx.conf) or a bucket does this. What counts is what is missing here:
no cookie is set, no page exists, so a file from here has nothing to reach for.
"""

import secrets

from mysite.settings.base import *  # noqa: F403

MODE = "media"
DEBUG = False
SECRET_KEY = secrets.token_urlsafe(60)  # signs nothing
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "mysite.media_urls"
MEDIA_URL = "media/"
INSTALLED_APPS = ["mysite", "django.contrib.staticfiles"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "gallery.middleware.MediaMiddleware"]
TEMPLATES = []
DATABASES = {}
