#!/bin/sh
# What happens on the server after each pull, before gunicorn is restarted.
set -e
python manage.py check
python manage.py collectstatic --noinput
