#!/bin/sh -e
SECRET_KEY=only-for-the-build python manage.py collectstatic --noinput
