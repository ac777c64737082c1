set -e
python manage.py collectstatic --noinput
systemctl restart shop
