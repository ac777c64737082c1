#!/bin/sh -e
pip install -r requirements.txt
python manage.py migrate --noinput
systemctl restart gunicorn
