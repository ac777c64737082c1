"""Development: runserver finds static files by itself, and the media route in urls.py answers because DEBUG is on."""

import os
from pathlib import Path

from mysite.settings.base import *  # noqa: F403
from mysite.settings.base import BASE_DIR

MODE = "development"

DEBUG = True
# Fit for your own machine only; production takes its key from the environment and nowhere else.
SECRET_KEY = os.environ.get("SECRET_KEY", "insecure-development-key-that-signs-nothing-of-value")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

WORKSHOP_DIR = Path(os.environ.get("WORKSHOP_DIR", BASE_DIR / "my_workshop"))  # the learner's exercises and progress
