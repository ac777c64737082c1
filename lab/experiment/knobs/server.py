"""The server that receives the requests. lab.probe.serving starts it, and lab.project.nginx_conf configures nginx."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Server = Literal["runserver", "runserver-nostatic", "runserver-insecure", "gunicorn", "uvicorn", "nginx"]

SERVER: Knob[Server] = Knob(
    "server",
    label="Server",
    becomes="the command that serves",
    help="Which server receives the requests.",
    group="Serving",
    values=(
        Value("runserver", "python manage.py runserver", phrase="under runserver"),
        Value(
            "runserver-nostatic",
            "python manage.py runserver --nostatic: without its static file handler.",
            label="runserver --nostatic",
            phrase="under runserver --nostatic",
        ),
        Value(
            "runserver-insecure",
            "python manage.py runserver --insecure: serves static files with DEBUG off too.",
            label="runserver --insecure",
            phrase="under runserver --insecure",
        ),
        Value(
            "gunicorn",
            "gunicorn project.wsgi: a WSGI server for production; serves no static files itself.",
            starts_process=True,
            phrase="under gunicorn",
        ),
        Value(
            "uvicorn",
            "uvicorn project.asgi:application: an ASGI server; serves no static files itself.",
            starts_process=True,
            phrase="under uvicorn",
        ),
        Value(
            "nginx",
            "nginx in front of gunicorn: serves STATIC_ROOT and MEDIA_ROOT from disk.",
            starts_process=True,
            phrase="behind nginx",
        ),
    ),
)

# The command lines for a person's terminal.
COMMANDS: dict[Server, list[str]] = {
    "runserver": ["python manage.py runserver"],
    "runserver-nostatic": ["python manage.py runserver --nostatic"],
    "runserver-insecure": ["python manage.py runserver --insecure"],
    "gunicorn": ["gunicorn project.wsgi"],
    "uvicorn": ["uvicorn project.asgi:application"],
    "nginx": ["gunicorn project.wsgi", 'nginx -p . -c nginx.conf -g "daemon off; pid nginx.pid;"'],
}

# The packages that requirements.txt names.
PACKAGES: dict[Server, list[str]] = {"gunicorn": ["gunicorn"], "uvicorn": ["uvicorn"], "nginx": ["gunicorn"]}
