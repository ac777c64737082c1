#!/bin/sh -e
python manage.py collectstatic --noinput
