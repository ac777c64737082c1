"""The WSGI entry point: gunicorn and granian import `application` from here. Production unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.prod")

application = get_wsgi_application()
