#!/bin/sh -e
python manage.py collectstatic --noinput --verbosity 0
exec gunicorn project.wsgi --bind 0.0.0.0:8000
