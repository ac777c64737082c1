#!/bin/sh -e
# What happens on the server after each pull, before gunicorn is restarted.
python manage.py check
python manage.py collectstatic --noinput --clear --ignore "*.map"
python manage.py findstatic --first shop/shop.css
