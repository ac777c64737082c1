"""What gunicorn and runserver call for each request."""

import os

from django.core.wsgi import get_wsgi_application

# A server that forgets the variable gets production, which refuses to start without its key. It never gets DEBUG.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
application = get_wsgi_application()
