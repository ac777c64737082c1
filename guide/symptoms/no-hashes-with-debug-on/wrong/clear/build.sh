python manage.py collectstatic --noinput --clear
