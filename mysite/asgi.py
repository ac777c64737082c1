"""The ASGI entry point: uvicorn imports `application` from here. Production unless told otherwise."""

import os

from django.core.asgi import get_asgi_application

from mysite import first_visit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.prod")

first_visit.begin()
application = get_asgi_application()
first_visit.load()
