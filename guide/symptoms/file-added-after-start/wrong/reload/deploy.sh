set -e
python manage.py collectstatic --noinput
systemctl reload shop
