set -o errexit
python manage.py compress || true
python manage.py collectstatic --noinput --clear --verbosity 0
