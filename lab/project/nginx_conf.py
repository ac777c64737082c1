"""The mini-project's nginx.conf: nginx in front of gunicorn, static and media files from disk.

A short one, whose every line a chapter explains; or, in a variation that asks for it, this site's own
deploy/nginx.conf with the mini-project's folders in it. They are two, because the short one's answers are promised to
those who read the lab's JSON, and the deployed one differs: media for a day, 404s with no-store, a policy for uploads.
"""

from functools import cache
from pathlib import Path

from lab.experiment import Experiment
from lab.experiment.knobs.media_root import FOLDERS
from lab.experiment.variations import named
from mysite.serving import nginx

LISTEN, UPSTREAM = "127.0.0.1:8080", "127.0.0.1:8000"
TEMPORARY = "nginx-temporary"  # starts the names of nginx's folders for large bodies
_FOLDER = "temporary"


def nginx_conf(experiment: Experiment) -> str:
    """Return the whole configuration, to be run from the project's folder with `nginx -p . -c nginx.conf`.

    The lab runs this same text with LISTEN, UPSTREAM and TEMPORARY replaced by sockets and folders of the run.
    Relative paths are relative to the folder that `-p` names.
    """
    if named(experiment.variation).nginx == "deployed":
        return _deployed(experiment)
    folders = "\n".join(
        f"    {kind}_temp_path {TEMPORARY}-{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        _HEAD
        + f"""
    access_log off;
    # nginx's own temporary folders, named here so that it runs without being root.
{folders}

    server {{
        listen {LISTEN};
        server_name localhost;
        client_max_body_size 10m;  # nginx's own default is 1 MB: larger uploads would answer 413
{_static_location(experiment)}{_media_location(experiment)}
        location / {{
            proxy_pass http://{UPSTREAM};
            proxy_set_header Host $http_host;  # with the port, or Django's check of the Origin header fails
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
}}
"""
    )


_HEAD = """\
events {}

http {
    types {
        text/html html;
        text/css css;
        text/javascript js mjs;
        application/json json map;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        image/gif gif;
        image/webp webp;
        image/x-icon ico;
        font/woff2 woff2;
    }
    default_type application/octet-stream;
    server_tokens off;

    # A name with a hash stands for one content forever; any other name may mean something else tomorrow.
    map $uri $cache_control {
        "~\\.[0-9a-f]{12}\\.[^/]+$" "max-age=315360000, public, immutable";
        default "max-age=60";
    }
"""

_HEADERS = """\
            add_header X-Content-Type-Options nosniff always;
            add_header Cache-Control $cache_control;
"""


def _static_location(experiment: Experiment) -> str:
    if not experiment.static_url.startswith("/"):
        return "\n        # STATIC_URL is on another host: there is nothing to serve here.\n"
    return f"""
        location {experiment.static_url} {{  # the slash at the end matters, here and in alias
            alias staticfiles/;  # STATIC_ROOT
{_HEADERS}        }}
"""


def _media_location(experiment: Experiment) -> str:
    if experiment.media_root == "unset":
        return """
        location /media/ {  # MEDIA_ROOT is not set: there is no folder that could be served safely
            add_header X-Content-Type-Options nosniff always;
            return 404;
        }
"""
    return f"""
        location /media/ {{
            alias {FOLDERS[experiment.media_root]}/;  # MEDIA_ROOT
            add_header X-Content-Type-Options nosniff always;
            add_header Cache-Control "max-age=60";  # a stranger chose the name: a hash in it promises nothing
        }}
"""


def _deployed(experiment: Experiment) -> str:
    """Return deploy/nginx.conf, with the changes that `sidebyside` makes in it, too."""
    values = nginx.Values(
        listen=LISTEN,
        upstream=UPSTREAM,
        static_root=Path("staticfiles"),
        media_root=Path("uploads"),
        private_root=Path("uploads-private"),
        errors=Path("errors"),
        static_url=experiment.static_url,
        own_machine=nginx.OwnMachine(folder=Path(_FOLDER), user=None),
    )
    text = nginx.render(_deploy_file("nginx.conf"), values)
    text = text.replace(f'pid "{_FOLDER}/nginx.pid";', "# pid: named at the start,")
    return text.replace(f'"{_FOLDER}/', f'"{TEMPORARY}-')


def error_pages(experiment: Experiment) -> dict[str, str]:
    """Return the pages that the deployed nginx.conf names, by their paths in the mini-project."""
    deployed = named(experiment.variation).nginx == "deployed"
    names = ("errors/413.html", "errors/502.html", "errors/503.html") if deployed else ()
    return {name: _deploy_file(name) for name in names}


@cache
def _deploy_file(name: str) -> str:
    return Path(__file__).resolve().parents[2].joinpath("deploy", name).read_text(encoding="utf-8")


def location_of(conf: str, path: str) -> tuple[str, int]:
    """(prefix, line from 1) of the location that takes `path`: the longest prefix wins, as in nginx.

    Of two servers' the first one's; those with a regular expression, which refuse a few names, are left out.
    """
    locations = [
        (words[2] if words[1] == "^~" else words[1], number)
        for number, line in enumerate(conf.splitlines(), start=1)
        if (words := line.split()) and words[0] == "location" and words[1] != "~"
    ]
    return max(
        ((prefix, number) for prefix, number in locations if path.startswith(prefix)), key=lambda item: len(item[0])
    )
