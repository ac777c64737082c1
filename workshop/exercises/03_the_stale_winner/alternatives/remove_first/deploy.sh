#!/bin/sh -e
# What happens on the server after each pull, before gunicorn is restarted.
STATIC_ROOT=staticfiles
./manage.py check
rm -rf "$STATIC_ROOT" && ./manage.py collectstatic --noinput
