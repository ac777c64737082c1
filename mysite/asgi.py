"""The ASGI entry point: uvicorn imports `application` from here. Production unless told otherwise."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.prod")

application = get_asgi_application()
