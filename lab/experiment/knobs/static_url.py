"""The prefix of every static file's URL: a path on this host, or another host.

lab.project.nginx_conf has a location for a path.
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

StaticUrl = Literal["/static/", "/assets/", "https://cdn.example/"]

STATIC_URL: Knob[StaticUrl] = Knob(
    "static_url",
    label="Address of static files",
    becomes="STATIC_URL",
    help="The URL from which browsers request static files.",
    group="Settings",
    values=(
        Value("/static/", "The usual path.", ('STATIC_URL = "/static/"',), phrase="with STATIC_URL at /static/"),
        Value(
            "/assets/",
            "Pages name static files under another path; the static tag follows, hard-coded paths do not.",
            ('STATIC_URL = "/assets/"',),
            phrase="with STATIC_URL at /assets/",
        ),
        Value(
            "https://cdn.example/",
            "Pages name static files on another host; this project's server is never asked for them.",
            ('STATIC_URL = "https://cdn.example/"',),
            label="another host",
            phrase="with STATIC_URL on another host",
        ),
    ),
)
