"""The mini-project's nginx.conf: nginx in front of gunicorn, static and media files from disk.

A short one, whose every line a chapter talks about; or, in the variation DEPLOYED, this site's own deploy/nginx.conf
with the mini-project's folders in it. They are two, because the short one's answers are promised to those who read the
lab's JSON, and the deployed one answers otherwise: media for a day, 404s with no-store, a policy for uploads.
"""

from functools import cache
from pathlib import Path

from lab.experiment import Experiment
from mysite.serving import nginx

DEPLOYED = "nginx-deployed"  # the variation
_TEMPORARY = "temporary"


def nginx_conf(
    experiment: Experiment,
    *,
    listen: str = "127.0.0.1:8080",
    upstream: str = "127.0.0.1:8000",
    temporary: str = "nginx-temporary",
    access_log: str = "access_log off;",
) -> str:
    """The whole configuration, to be run from the project's folder with `nginx -p . -c nginx.conf -g "daemon off;"`.

    `listen` and `upstream` are addresses as nginx writes them ("127.0.0.1:8080", "unix:/…/nginx.socket"), `temporary`
    starts the names of nginx's folders for large bodies, `access_log` is one or more lines. The lab runs this same
    text with sockets and paths of its own. Relative paths are relative to the folder that `-p` names.
    """
    if experiment.variation == DEPLOYED:
        return _deployed(experiment, listen, upstream, temporary, access_log)
    folders = "\n".join(
        f"    {kind}_temp_path {temporary}-{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        _HEAD
        + f"""
    {access_log}
    # nginx's own temporary folders, named here so that it runs without being root.
{folders}

    server {{
        listen {listen};
        server_name localhost;
        client_max_body_size 10m;  # nginx's own default is 1 MB: larger uploads would answer 413
{_static_location(experiment)}{_media_location(experiment)}
        location / {{
            proxy_pass http://{upstream};
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

    # A name with a hash stands for one content for ever; any other name may mean something else tomorrow.
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
    folder = {"uploads": "uploads/", "inside-static": "staticfiles/media/"}[experiment.media_root]
    return f"""
        location /media/ {{
            alias {folder};  # MEDIA_ROOT
{_HEADERS}        }}
"""


def _deployed(experiment: Experiment, listen: str, upstream: str, temporary: str, access_log: str) -> str:
    """deploy/nginx.conf, with the changes that `sidebyside` makes in it, too."""
    values = nginx.Values(
        listen=listen,
        upstream=upstream,
        static_root=Path("staticfiles"),
        media_root=Path("uploads"),
        private_root=Path("uploads-private"),
        errors=Path("errors"),
        static_url=experiment.static_url,
        own_machine=nginx.OwnMachine(folder=Path(_TEMPORARY), user=None),
    )
    text = nginx.render(_deploy_file("nginx.conf"), values)
    text = text.replace(f'pid "{_TEMPORARY}/nginx.pid";', "# pid: named by whoever starts it,")
    return text.replace("access_log off;", access_log).replace(f'"{_TEMPORARY}/', f'"{temporary}-')


def error_pages(experiment: Experiment) -> dict[str, str]:
    """The pages that the deployed nginx.conf names, by their paths in the mini-project."""
    names = ("errors/413.html", "errors/502.html", "errors/503.html") if experiment.variation == DEPLOYED else ()
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
