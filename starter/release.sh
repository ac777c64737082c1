#!/bin/sh
# A release on a server of your own, run by the user who owns the project, not by root.
# -e ends the script at the first step that fails: the old release goes on answering. -u does so for a missing variable.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-.venv/bin/python}
set -a && . ./.env && set +a  # the variables of the service, exported to the commands below

"$python" -m pip install --quiet --requirement requirements.txt
"$python" manage.py check --deploy --fail-level WARNING  # without --fail-level a warning stops nothing
# Before the reload: WhiteNoise lists the files when it starts. No --clear: visitors are still getting the old files.
"$python" manage.py collectstatic --noinput
"$python" manage.py migrate --noinput
# Reload: new workers take over from the old ones. The first time it starts the service. A new .env needs a restart.
sudo systemctl reload-or-restart starter
