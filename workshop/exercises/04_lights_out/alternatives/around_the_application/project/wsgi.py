"""What a WSGI server such as gunicorn imports."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

application = WhiteNoise(get_wsgi_application(), root=settings.STATIC_ROOT, prefix="static/", max_age=60)
