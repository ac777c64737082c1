"""What no other knob can say: edits to the mini-project and things done to it, each under a name.

A variation is a value of the knob `variation`, so an address, a record, a download and a claim can name it.
"""

from collections.abc import Mapping

from lab.experiment.variation import Action, Ask, Delete, Edit, Run, Send, Variation, Write
from lab.experiment.variation import shell as _shell
from lab.experiment.variations.failures import MISHAPS
from lab.experiment.variations.pitfalls import TRAPS
from lab.experiment.variations.s3 import BUCKETS
from lab.experiment.variations.settings import SETTING_VARIATIONS

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

COLLECT = Run(("manage.py", "collectstatic", "--noinput", "--ignore", "admin"))
SERVED_BY_WHITENOISE = {"server": "gunicorn", "debug": "off", "whitenoise": "after-security", "collect": "no"}
LATER = "Sat, 01 Jan 2050 00:00:00 GMT"  # later than the date of any file: nothing has changed since
MODULE_STORAGE = "project.storage.ModuleStorage"
PRINT_MODULE = _shell(
    "from django.contrib.staticfiles.storage import staticfiles_storage as storage; "
    "print(storage.open(storage.stored_name('main.js')).read().decode())"
)
OLD_PAGE = "/static/app.901300d6b113.css"  # what pages of the first deploy name: app2's app.css with its hash

_MODULE_STORAGE = '''\
"""Hashed names, inside JavaScript modules too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStorage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True  # rewrite the names that `import` and `export` mention
'''

_MINIFIED_STORAGE = '''\
"""A storage class of one's own: collectstatic hands it every file that it has collected."""

from pathlib import Path

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


def minified(css):
    """Without indentation and empty lines. A real minifier, such as rcssmin.cssmin, is called in the same way."""
    return "\\n".join(line.strip() for line in css.splitlines() if line.strip()) + "\\n"


class MinifiedStorage(ManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        """`paths` is {name: (storage of the source, path there)}: minify the copies, then let Django hash those."""
        if not dry_run:
            for name in paths:
                if name.endswith(".css"):
                    copy = Path(self.path(name))
                    copy.write_text(minified(copy.read_text(encoding="utf-8")), encoding="utf-8")
            paths = {name: (self, name) for name in paths}  # from now on the copy counts, not the source
        yield from super().post_process(paths, dry_run, **options)
'''

_VITE = """\
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/dist/", // STATIC_URL and the folder: where the browser will find chunks and images
  build: {
    outDir: "static/dist", // inside a folder of STATICFILES_DIRS, so that collectstatic takes it
    rollupOptions: {
      input: "assets/main.js",
      output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]" }, // Django adds the hash
    },
  },
});
"""

_PACKAGE = """\
{
  "private": true,
  "scripts": {
    "build": "vite build",
    "build:esbuild": "esbuild assets/main.js --bundle --minify --outfile=static/dist/main.js"
  },
  "devDependencies": {
    "esbuild": "*",
    "vite": "*"
  }
}
"""

_ASSET = 'import { greeting } from "./greeting.js";\n\ndocument.body.dataset.greeting = greeting;\n'
_HEADING = "    <h1>A page with a stylesheet</h1>"
_BUNDLE = 'document.body.dataset.greeting="Hello";\n'  # what a bundler makes of it; there is no Node in the lab
_BUNDLER = (
    Edit("package.json", "", _PACKAGE),
    Edit("vite.config.js", "", _VITE),
    Edit("assets/main.js", "", _ASSET),
    Edit("assets/greeting.js", "", 'export const greeting = "Hello";\n'),
)
_S3 = """\
STORAGES = {
    "default": {  # uploads
        "BACKEND": "storages.backends.s3.S3Storage",  # of the package django-storages[s3]
        "OPTIONS": {
            "bucket_name": "example-media",
            "location": "media",  # a folder in the bucket
            # For a provider other than Amazon (Spaces, R2, MinIO…) the one line that differs:
            # "endpoint_url": "https://fra1.digitaloceanspaces.com",
            "custom_domain": "media.example",  # the CDN's host, so that addresses are short and the same every time
            "querystring_auth": False,  # no signature in the address: these files are public
            "file_overwrite": False,  # a second photo.jpg gets a name of its own
            "default_acl": None,  # the bucket's policy decides who may read, not each object
            "object_parameters": {"CacheControl": "max-age=86400"},
        },
    },
"""
_POSTGRESQL = """\
DATABASES = {}  # what differs between machines comes from the environment
if "PGHOST" in os.environ:  # the lab has none, and so no database
    DATABASES["default"] = {  # the other names are PostgreSQL's own as well
        "ENGINE": "django.db.backends.postgresql",  # of the package psycopg
        "HOST": os.environ["PGHOST"],
        "NAME": os.environ["PGDATABASE"],
        "USER": os.environ["PGUSER"],
        "PASSWORD": os.environ["PGPASSWORD"],
        "CONN_MAX_AGE": 60,  # seconds for which a connection is kept for the next request
    }

ROOT_URLCONF"""
_UNIT = """\
# /etc/systemd/system/project.service: gunicorn, started with the machine and again after a crash.
[Unit]
Description=gunicorn for project
After=network.target postgresql.service

[Service]
User=project
WorkingDirectory=/srv/project
EnvironmentFile=/etc/project.env
ExecStart=/srv/project/.venv/bin/gunicorn project.wsgi --bind 127.0.0.1:8000 --workers 3
Restart=on-failure

[Install]
WantedBy=multi-user.target
"""
_RELEASE = """\
#!/bin/sh
# A release, in this order: each step needs the one before, and the old site answers until the last.
set -eu
cd /srv/project
.venv/bin/python -m pip install -r requirements.txt
npm ci && npm run build              # only with a bundler: it writes into static/
.venv/bin/python manage.py check --deploy
.venv/bin/python manage.py collectstatic --noinput
.venv/bin/python manage.py migrate --noinput
systemctl reload-or-restart project  # new code meets files that are already there
"""

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
    Variation(
        "nginx-deployed",  # lab.project.nginx_conf knows it by this name
        "This site’s own deploy/nginx.conf, with the mini-project’s folders",
        needs={**NGINX, "static_url": "/static/", "media_root": "uploads", "storage": "manifest", "upload": "png"},
        first=(Write("uploads/page.html", "<!doctype html><script>alert(1)</script>\n"),),
        then=(
            Ask("page-called-html", "/media/page.html"),
            Ask("missing", "/static/missing.css"),
            Ask("list-of-names", "/static/staticfiles.json"),
            Ask("folder", "/static/admin/"),
            Ask("leak", LEAKED),
        ),
    ),
    Variation(
        "uploads-and-collectstatic",
        "An upload that lies in MEDIA_ROOT when collectstatic runs",
        needs={"collect": "no", "media_root": "uploads"},
        first=(Write("uploads/letter.txt", "uploaded\n"), COLLECT),
    ),
    Variation(
        "same-name-twice",
        "Two uploads of the same name",
        first=(
            _shell(
                "from django.core.files.base import ContentFile; from django.core.files.storage import default_storage "
                "as storage; names = [storage.save('app.css', ContentFile(b'uploaded')) for _ in range(2)]; "
                "print('first:', names[0], '| the second has another name:', names[0] != names[1]); "
                "[storage.delete(name) for name in names]"
            ),
        ),
    ),
    Variation(
        "any-file",
        "A FileField in place of the ImageField",
        edits=(
            Edit(
                "project/forms.py",
                "forms.ImageField()  # Pillow opens the file: what is not a picture is refused",
                "forms.FileField()  # takes whatever is sent",
            ),
        ),
    ),
    Variation(
        "tag-without-load",
        "A page that uses the static tag and leaves the loading to its base template",
        edits=(Edit("templates/page.html", _HEADING, f"{_HEADING}\n    <p>{{% static 'app.css' %}}</p>"),),
    ),
    Variation(
        "tag-with-load",
        "The same page with {% load static %} of its own",
        edits=(
            Edit(
                "templates/page.html", _HEADING, f"{_HEADING}\n    {{% load static %}}<p>{{% static 'app.css' %}}</p>"
            ),
        ),
    ),
    Variation(
        "prefix-tags",
        "get_static_prefix and get_media_prefix",
        edits=(
            Edit(
                "templates/page.html",
                _HEADING,
                "    {% load static %}\n    <p>{% get_static_prefix %} {% get_media_prefix %}</p>",
            ),
        ),
    ),
    Variation(
        "edited-after-collectstatic",
        "A stylesheet that is edited after collectstatic",
        needs={"collect": "no", "layout": "flat", "apps": "app1,app2"},
        first=(COLLECT, Write("app1/static/app.css", "/* app1/static/app.css */\n.who { color: black; }\n")),
    ),
    Variation(
        "hidden-files",
        "Files whose names begin with a dot or end in ~",
        needs={"collect": "no"},
        edits=(
            Edit("app1/static/.private.css", "", "/* app1/static/.private.css */\n"),
            Edit("app1/static/draft.css~", "", "/* app1/static/draft.css~ */\n"),
        ),
        first=(COLLECT,),
    ),
    Variation(
        "source-deleted",
        "A source file that is deleted between two runs of collectstatic",
        needs={"collect": "no"},
        edits=(Edit("app1/static/old.css", "", "/* app1/static/old.css */\n"),),
        first=(COLLECT, Delete("app1/static/old.css"), COLLECT),
    ),
    Variation(
        "dry-run",
        "collectstatic --dry-run",
        needs={"collect": "no"},
        first=(Run(("manage.py", "collectstatic", "--noinput", "--dry-run", "--ignore", "admin")),),
    ),
    Variation(
        "url-in-css",
        "A url() to a file that exists",
        needs={"layout": "flat", "apps": "app1,app2"},
        edits=(
            Edit(
                "app1/static/app.css",
                "    font-family: sans-serif;",
                '    background: url("logo.svg");\n    font-family: sans-serif;',
            ),
            Edit("app1/static/logo.svg", "", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'),
        ),
    ),
    Variation(
        "javascript-imports",
        "A JavaScript module that imports another, with hashed names",
        needs={"storage": "manifest", "collect": "no"},
        edits=(
            Edit("app1/static/main.js", "", 'import { greeting } from "./greeting.js";\n'),
            Edit("app1/static/greeting.js", "", 'export const greeting = "Hello";\n'),
        ),
        first=(COLLECT, PRINT_MODULE),
    ),
    Variation(
        "javascript-imports-rewritten",
        "The same with support_js_module_import_aggregation",
        needs={"storage": "manifest", "collect": "no"},
        edits=(
            Edit(SETTINGS, "django.contrib.staticfiles.storage.ManifestStaticFilesStorage", MODULE_STORAGE),
            Edit("project/storage.py", "", _MODULE_STORAGE),
            Edit("app1/static/main.js", "", 'import { greeting } from "./greeting.js";\n'),
            Edit("app1/static/greeting.js", "", 'export const greeting = "Hello";\n'),
        ),
        first=(COLLECT, PRINT_MODULE),
    ),
    Variation(
        "minified",
        "A storage class of one’s own that minifies",
        needs={"storage": "manifest"},
        edits=(
            Edit(
                SETTINGS,
                "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
                "project.storage.MinifiedStorage",
            ),
            Edit("project/storage.py", "", _MINIFIED_STORAGE),
        ),
    ),
    Variation(
        "page-from-before",
        "After a second deploy, a page of the first asks for its stylesheet",
        needs={"storage": "manifest", "collect": "stale", "static_url": "/static/", "css": "good", "layout": "flat"},
        then=(Ask("old", OLD_PAGE),),
    ),
    Variation(
        "asked-again",
        "A browser that has the file asks whether it has changed",
        needs={"layout": "flat", "static_url": "/static/"},
        then=(Ask("again", "/static/app.css", (("If-Modified-Since", LATER),)),),
    ),
    Variation(
        "asked-for-brotli",
        "A request that accepts Brotli, as a browser’s does over HTTPS",
        needs={"storage": "whitenoise", "collect": "yes", "static_url": "/static/"},
        then=(Ask("compressed", "/static/admin/css/base.css", (("Accept-Encoding", "gzip, br"),)),),
    ),
    Variation(
        "collected-after-start",
        "A file that comes into STATIC_ROOT after the server has started",
        needs={**SERVED_BY_WHITENOISE, "static_url": "/static/"},
        first=(COLLECT,),
        then=(Write("staticfiles/late.css", "/* late */\n"), Ask("late", "/static/late.css")),
    ),
    Variation(
        "bundled",
        "A bundler writes into STATICFILES_DIRS, then collectstatic runs",
        needs={**SERVED_BY_WHITENOISE, "project_static": "plain", "static_url": "/static/"},
        edits=_BUNDLER,
        first=(Write("static/dist/main.js", _BUNDLE), COLLECT),
        then=(Ask("bundle", "/static/dist/main.js"),),
    ),
    Variation(
        "bundled-too-late",
        "collectstatic runs, then a bundler writes into STATICFILES_DIRS",
        needs={**SERVED_BY_WHITENOISE, "project_static": "plain", "static_url": "/static/"},
        edits=_BUNDLER,
        first=(COLLECT, Write("static/dist/main.js", _BUNDLE)),
        then=(Ask("bundle", "/static/dist/main.js"),),
    ),
    Variation(
        "upload-thresholds",
        "FILE_UPLOAD_MAX_MEMORY_SIZE and DATA_UPLOAD_MAX_MEMORY_SIZE at 1,000 bytes, and an upload of 1.5 MB",
        needs={"media_root": "uploads"},
        edits=(
            Edit(
                SETTINGS,
                'MEDIA_URL = "/media/"',
                "FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # a larger file goes to disk while it arrives\n"
                "DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # counts everything in a request but its files\n"
                'MEDIA_URL = "/media/"',
            ),
        ),
        then=(Send("large", size=1_500_000),),
    ),
    Variation(
        "object-storage",
        "Uploads are to go to S3 by way of django-storages",
        needs={"default_storage": "present", "upload": "none"},  # no upload leaves this machine
        edits=(
            Edit(
                SETTINGS,
                'STORAGES = {\n    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},\n',
                _S3,
            ),
        ),
    ),
    Variation(
        "backend-not-installed",
        "A storage for uploads from a package that is not installed",
        needs={"default_storage": "present"},
        edits=(
            Edit(
                SETTINGS,
                '"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}',
                '"default": {"BACKEND": "a_package.not_installed.Storage"}',
            ),
        ),
    ),
    Variation(
        "old-storage-setting",
        "STATICFILES_STORAGE, as before Django 5.1",
        needs={"storage": "plain"},
        edits=(
            Edit(
                SETTINGS,
                "STORAGES = {\n",
                "# The setting of old: Django 5.1 and later do not read it.\n"
                'STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"\n'
                "STORAGES = {\n",
            ),
        ),
    ),
    Variation(
        "postgresql",
        "The files of a deployment with PostgreSQL, Gunicorn and nginx; the lab has no database",
        needs=NGINX,
        edits=(
            Edit(
                SETTINGS, "from pathlib import Path\n", "import os  # for its environment\nfrom pathlib import Path\n"
            ),
            Edit(SETTINGS, "ROOT_URLCONF", _POSTGRESQL),
            Edit("deploy/project.service", "", _UNIT),
            Edit("deploy/release.sh", "", _RELEASE),
        ),
    ),
    *MISHAPS,
    *TRAPS,
    *SETTING_VARIATIONS,
    *BUCKETS,
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


def packages(name: str) -> Mapping[str, str]:
    """The modules that this variation imports and that the site can do without, each with what pip calls it."""
    return BY_NAME[name].packages if name in BY_NAME else {}
