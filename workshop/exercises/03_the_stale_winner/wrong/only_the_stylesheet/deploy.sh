#!/bin/sh -e
# What happens on the server after each pull, before gunicorn is restarted.
python manage.py check
rm -f staticfiles/shop/shop.css && python manage.py collectstatic --noinput
