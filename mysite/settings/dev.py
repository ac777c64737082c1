"""Development: runserver finds static files by itself, and the media route in urls.py answers because DEBUG is on."""

import os

from mysite.settings.base import *  # noqa: F403

MODE = "development"

DEBUG = True
# Fit for one's own machine only; production takes its key from the environment and nowhere else.
SECRET_KEY = os.environ.get("SECRET_KEY", "insecure-development-key-that-signs-nothing-of-value")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
