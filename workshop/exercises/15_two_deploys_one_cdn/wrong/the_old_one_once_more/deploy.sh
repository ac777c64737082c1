# What our hosting runs for each release: lines that start with python manage.py, one after the other.
python manage.py collectstatic --noinput
