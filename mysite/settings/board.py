"""The board of a class (`manage.py workshop board`): a Django of three addresses, without a database, sessions or
cookies, so that nothing of the class is stored and nothing of this site is open to the network."""

import os
import secrets
from pathlib import Path

from mysite.settings.base import BASE_DIR

MODE = "board"
DEBUG = False
SECRET_KEY = secrets.token_urlsafe(60)  # signs nothing
ALLOWED_HOSTS = ["*"]  # workshop.board_asgi looks at the name: addresses pass, a foreign domain's does not
ROOT_URLCONF = "workshop.board_site"
INSTALLED_APPS = ["workshop"]
MIDDLEWARE = ["workshop.board_site.headers"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES: dict[str, object] = {}
USE_I18N = False
USE_TZ = True
LOGGING = {  # a teacher's terminal need not name each address that is not there
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

WORKSHOP_EXERCISES = Path(os.environ.get("WORKSHOP_EXERCISES", BASE_DIR / "workshop" / "exercises"))
BOARD_STUCK_MINUTES = int(os.environ.get("BOARD_STUCK_MINUTES", "10"))
BOARD_KEY = os.environ.get("BOARD_KEY", "")  # anyone who has it may remove names
BOARD_JOIN = os.environ.get("BOARD_JOIN", "")  # the line that participants type, shown on the page
