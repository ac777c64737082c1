"""Your own machine: runserver serves static files, the route in urls.py serves uploads."""

from config.settings.base import *  # noqa: F403 - a settings module is its base and what differs

DEBUG = True
SECRET_KEY = "django-insecure-for-development-only"  # in the repository, so it protects nothing
