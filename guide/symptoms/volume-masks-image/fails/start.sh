#!/bin/sh -e
exec gunicorn project.wsgi --bind 0.0.0.0:8000
