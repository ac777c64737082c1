"""What no other knob can say: edits to the mini-project and things done to it, each under a name.

A variation is a value of the knob `variation`, so an address, a record, a download and a claim can name it.
"""

from lab.mishaps import MISHAPS
from lab.setting_variations import SETTING_VARIATIONS
from lab.variation import Action, Ask, Delete, Edit, Run, Send, Variation, Write
from lab.variation import shell as _shell

__all__ = ["BY_NAME", "VARIATIONS", "Action", "Ask", "Delete", "Edit", "Run", "Send", "Variation", "Write"]

SETTINGS = "project/settings.py"
NGINX = {"server": "nginx"}
LEAKED = "/static../manage.py"

_TESTS = '''\
"""The page's stylesheet and an upload, asked for in three kinds of tests."""

import urllib.error
import urllib.request

from django.conf import settings
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import LiveServerTestCase, SimpleTestCase


def status(url):
    try:
        return urllib.request.urlopen(url).status
    except urllib.error.HTTPError as error:
        return error.code


STATIC, MEDIA = "/static/app.css", "/media/note.txt"


class UploadedNote:
    databases = set()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        settings.MEDIA_ROOT.mkdir(exist_ok=True)
        (settings.MEDIA_ROOT / "note.txt").write_text("uploaded")


class Live(UploadedNote, LiveServerTestCase):
    def test(self):
        print("LiveServerTestCase", status(self.live_server_url + STATIC), status(self.live_server_url + MEDIA))


class StaticLive(UploadedNote, StaticLiveServerTestCase):
    def test(self):
        print("StaticLiveServerTestCase", status(self.live_server_url + STATIC), status(self.live_server_url + MEDIA))


class Client(UploadedNote, SimpleTestCase):
    def test(self):
        print("self.client", self.client.get(STATIC).status_code, self.client.get(MEDIA).status_code)
'''

REDIRECT_TO_HTTPS = Edit(
    SETTINGS,
    'MEDIA_URL = "/media/"',
    "SECURE_SSL_REDIRECT = True  # whoever comes by plain HTTP is sent to HTTPS\n"
    "# nginx speaks plain HTTP to this process: only this header can say how the visitor came.\n"
    'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n\nMEDIA_URL = "/media/"',
)

VARIATIONS: tuple[Variation, ...] = (
    Variation(
        "static-url-default",
        "STATIC_URL: Django’s default, and what startproject writes",
        edits=(Edit(SETTINGS, 'STATIC_URL = "/static/"', 'STATIC_URL = "static/"  # as startproject writes it'),),
        needs={"static_url": "/static/"},
        first=(
            _shell("from django.conf import global_settings; print('default:', global_settings.STATIC_URL)"),
            Run(("manage.py", "startproject", "fresh")),
            _shell("print(*[line.strip() for line in open('fresh/fresh/settings.py') if line.startswith('STATIC_')])"),
        ),
    ),
    Variation(
        "no-staticfiles-alias",
        "STORAGES without the alias staticfiles",
        needs={"storage": "plain", "default_storage": "present"},
        edits=(
            Edit(
                SETTINGS,
                '    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n',
                '    # "staticfiles" is left out.\n',
            ),
        ),
    ),
    Variation(
        "check-deploy",
        "manage.py check --deploy",
        first=(Run(("manage.py", "check")), Run(("manage.py", "check", "--deploy"))),
    ),
    Variation(
        "findstatic",
        "findstatic, with and without --first",
        first=(Run(("manage.py", "findstatic", "app.css")), Run(("manage.py", "findstatic", "--first", "app.css"))),
    ),
    Variation(
        "collect-verbosely",
        "collectstatic with --verbosity 2",
        needs={"collect": "no"},
        first=(Run(("manage.py", "collectstatic", "--noinput", "--verbosity", "2", "--ignore", "admin")),),
    ),
    Variation(
        "collect-from-elsewhere",
        "A relative STATIC_ROOT, collected from another folder",
        needs={"collect": "no", "project_static": "none", "media_root": "uploads"},
        edits=(Edit(SETTINGS, 'STATIC_ROOT = BASE_DIR / "staticfiles"', 'STATIC_ROOT = "staticfiles"'),),
        first=(Run(("manage.py", "collectstatic", "--noinput", "--ignore", "admin"), folder="templates"),),
    ),
    Variation(
        "nostatic-app-above",
        "whitenoise.runserver_nostatic above django.contrib.staticfiles",
        edits=(
            Edit(
                SETTINGS,
                '    "django.contrib.staticfiles",\n',
                '    "whitenoise.runserver_nostatic",  # runserver leaves static files to WhiteNoise\n'
                '    "django.contrib.staticfiles",\n',
            ),
        ),
    ),
    Variation(
        "nostatic-app-below",
        "whitenoise.runserver_nostatic below django.contrib.staticfiles",
        edits=(
            Edit(
                SETTINGS,
                '    "django.contrib.staticfiles",\n',
                '    "django.contrib.staticfiles",\n'
                '    "whitenoise.runserver_nostatic",  # too late: the app above has the runserver command already\n',
            ),
        ),
    ),
    Variation(
        "static-helper",
        "What the static() URL helper returns",
        first=(
            _shell("from django.conf.urls.static import static; print('path:', len(static('/media/')))"),
            _shell("from django.conf.urls.static import static; print('host:', static('https://media.example/'))"),
            _shell("from django.conf.urls.static import static; static('')"),
        ),
    ),
    Variation(
        "whitenoise-root",
        "WHITENOISE_ROOT with uploads in it: one there at start, one that comes later, one deleted",
        needs={"server": "gunicorn", "debug": "off", "whitenoise": "after-security", "media_root": "uploads"},
        edits=(
            Edit(
                SETTINGS,
                'MEDIA_ROOT = BASE_DIR / "uploads"',
                'WHITENOISE_ROOT = BASE_DIR / "uploads"  # a mistake: these files come and go\n'
                'MEDIA_ROOT = BASE_DIR / "uploads"',
            ),
        ),
        first=(Write("uploads/early.txt", "here at start\n"), Write("uploads/deleted.txt", "not for long\n")),
        then=(
            Ask("early", "/early.txt"),
            Write("uploads/late.txt", "came later\n"),
            Ask("late", "/late.txt"),
            Delete("uploads/deleted.txt"),
            Ask("deleted", "/deleted.txt"),
        ),
    ),
    Variation(
        "query-in-static-tag",
        "A query string inside the static tag",
        needs={"reference": "tag", "layout": "flat"},
        edits=(Edit("templates/base.html", "{% static 'app.css' %}", "{% static 'app.css?v=1' %}"),),
    ),
    Variation(
        "tests",
        "The same requests in three kinds of tests",
        needs={"static_url": "/static/", "media_root": "uploads", "layout": "flat"},
        edits=(Edit("project/tests.py", "", _TESTS),),
        first=(Run(("manage.py", "test", "project", "--verbosity", "0")),),
    ),
    Variation(
        "nginx-origin",
        "A form sent as a browser does, with its Origin",
        needs=NGINX,
        then=(Send("form", origin="http://localhost:8000"),),
    ),
    Variation(
        "nginx-host-without-port",
        "$host instead of $http_host",
        needs=NGINX,
        edits=(Edit("nginx.conf", "proxy_set_header Host $http_host;", "proxy_set_header Host $host;"),),
        then=(Send("form", origin="http://localhost:8000"),),
    ),
    Variation(
        "nginx-tls",
        "SECURE_SSL_REDIRECT behind nginx with X-Forwarded-Proto",
        needs={**NGINX, "media_root": "uploads"},
        edits=(
            REDIRECT_TO_HTTPS,
            Edit(
                "nginx.conf", "X-Forwarded-Proto $scheme;", "X-Forwarded-Proto https;  # what $scheme is on a TLS port"
            ),
        ),
    ),
    Variation(
        "nginx-tls-untold",
        "SECURE_SSL_REDIRECT behind nginx without X-Forwarded-Proto",
        needs={**NGINX, "media_root": "uploads"},
        edits=(
            REDIRECT_TO_HTTPS,
            Edit("nginx.conf", "            proxy_set_header X-Forwarded-Proto $scheme;\n", ""),
        ),
    ),
    Variation(
        "nginx-large-upload",
        "An upload of 1.5 MB with client_max_body_size",
        needs=NGINX,
        then=(Send("large", size=1_500_000),),
    ),
    Variation(
        "nginx-large-upload-refused",
        "An upload of 1.5 MB without client_max_body_size",
        needs=NGINX,
        edits=(
            Edit(
                "nginx.conf",
                "        client_max_body_size 10m;  # nginx's own default is 1 MB: larger uploads would answer 413\n",
                "",
            ),
        ),
        then=(Send("large", size=1_500_000),),
    ),
    Variation(
        "nginx-slash",
        "location /static/ with alias: the parent folder is asked for",
        needs={**NGINX, "static_url": "/static/", "collect": "yes"},
        then=(Ask("leak", LEAKED),),
    ),
    Variation(
        "nginx-no-slash",
        "location /static without its last slash",
        needs={**NGINX, "static_url": "/static/", "collect": "yes"},
        edits=(
            Edit(
                "nginx.conf",
                "location /static/ {  # the slash at the end matters, here and in alias",
                "location /static {",
            ),
        ),
        then=(Ask("leak", LEAKED),),
    ),
    *MISHAPS,
    *SETTING_VARIATIONS,
)

BY_NAME: dict[str, Variation] = {variation.name: variation for variation in VARIATIONS}


def edited(name: str, path: str, text: str) -> str:
    """The file's text after the edits of the variation of that name. Raises ValueError when an edit does not fit."""
    for edit in BY_NAME[name].edits if name in BY_NAME else ():
        if edit.path == path and edit.old:
            if text.count(edit.old) != 1:
                raise ValueError(f"{name}: {path} has {text.count(edit.old)} times {edit.old!r}")
            text = text.replace(edit.old, edit.new)
    return text


def added(name: str) -> dict[str, str]:
    """The files that the variation of that name adds."""
    return {edit.path: edit.new for edit in (BY_NAME[name].edits if name in BY_NAME else ()) if not edit.old}
