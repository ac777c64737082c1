#!/bin/sh
# A release, in this order: each step needs the one before, and the old site answers until the last.
set -eu
cd /srv/project
.venv/bin/python -m pip install -r requirements.txt
npm ci && npm run build              # only with a bundler: it writes into static/
.venv/bin/python manage.py check --deploy
.venv/bin/python manage.py collectstatic --noinput
.venv/bin/python manage.py migrate --noinput
systemctl reload-or-restart project  # new code meets files that are already there
