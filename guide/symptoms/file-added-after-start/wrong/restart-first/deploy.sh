set -e
systemctl restart shop
python manage.py migrate --noinput
python manage.py collectstatic --noinput
