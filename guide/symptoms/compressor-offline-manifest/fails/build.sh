set -o errexit
python manage.py collectstatic --noinput --verbosity 0
