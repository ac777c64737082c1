set -e
python manage.py migrate
yes | python manage.py collectstatic
