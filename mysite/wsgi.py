"""The WSGI entry point: gunicorn and granian import `application` from here. Production unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

from mysite import first_visit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.prod")

first_visit.begin()
application = get_wsgi_application()
first_visit.load()
