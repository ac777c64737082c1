set -e
python manage.py migrate --noinput
systemctl restart shop
python manage.py collectstatic --noinput
python manage.py collectstatic --noinput --clear
