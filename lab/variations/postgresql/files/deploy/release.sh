#!/bin/sh
# A release, in this order: each step needs the one before, and the old site answers until the last. Run it as the user
# project. -e ends it at the first command that fails, which a command on the left of && does not do.
set -eu
cd /srv/project
set -a; . /etc/project.env; set +a  # the variables of project.service, which only the service has otherwise
.venv/bin/python -m pip install -r requirements.txt
npm ci                               # with a bundler only: it writes into static/
npm run build
# Stops this project, whose key is in settings.py and which has no HTTPS. /starter.zip has a project that passes.
.venv/bin/python manage.py check --deploy --fail-level WARNING
.venv/bin/python manage.py collectstatic --noinput
.venv/bin/python manage.py migrate --noinput
sudo systemctl restart project       # new code meets files that are already there
