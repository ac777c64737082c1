# Behind nginx on another machine or in another container.
gunicorn project.wsgi --bind 0.0.0.0:8000
# Threads, so that a slow upload keeps one thread busy and not the whole worker.
gunicorn project.wsgi --workers 2 --threads 8 --timeout 60
# The address of the proxy, not "*" where visitors can reach gunicorn themselves.
gunicorn project.wsgi --forwarded-allow-ips 10.0.0.5
# The project is loaded once; a new release needs a restart, not a reload.
gunicorn project.wsgi --preload
# granian serves the folder itself, before Django.
granian --interface wsgi project.wsgi:application --static-path-route /static --static-path-mount staticfiles
