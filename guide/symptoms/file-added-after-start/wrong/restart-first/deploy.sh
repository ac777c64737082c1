set -e
systemctl restart shop
python manage.py collectstatic --noinput
