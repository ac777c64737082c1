"""Mistakes of every kind, each planted into what startproject makes: named in a visit, with nothing else beside it."""

# ruff: noqa: E501
import sys
from pathlib import Path

import pytest

from which_file.visit import visit

SITE = Path(__file__).resolve().parents[2]

OFF = 'DEBUG = False; ALLOWED_HOSTS = ["example.org"]\n'
WHITENOISE = 'MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")\n'
ROOT = 'STATIC_ROOT = BASE_DIR / "staticfiles"\n'
MEDIA = 'MEDIA_URL = "media/"; MEDIA_ROOT = BASE_DIR / "uploads"\n'
SHOP = 'INSTALLED_APPS.append("shop")\n'
DEFAULT = '"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}'


def storages(static):
    return f'STORAGES = {{{DEFAULT}, "staticfiles": {{"BACKEND": "{static}"}}}}\n'


MANIFEST = storages("django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
SERVED = ROOT + WHITENOISE  # production is provided for …
COLLECTS = {"build.sh": "python manage.py collectstatic --noinput\n"}  # … and collected
MODELS = "from django.db import models\nclass Thing(models.Model):\n    image = models.FileField(upload_to='things')\n"
APP = {"shop/__init__.py": "", "shop/models.py": MODELS}
ROUTE = {
    "mysite/urls.py": "from django.conf import settings\nfrom django.conf.urls.static import static\n"
    "urlpatterns = static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)\n"
}
NGINX = {
    "nginx.conf": "server {\n location /static/ { alias /srv/staticfiles/; }\n location /media/ { alias /srv/uploads/; }\n}\n"
}
FORM = (
    "from django import forms\nfrom django.shortcuts import render\nfrom django.urls import path\n"
    "class ThingForm(forms.Form):\n    image = forms.FileField()\n"
    "def add(request):\n    form = ThingForm(request.POST or None%s)\n"
    "    return render(request, 'shop/add.html', {'form': form})\nurlpatterns = [path('add/', add)]\n"
)
URLS = {"mysite/urls.py": "from shop.views import urlpatterns\n"}


def page(text):
    return {"shop/__init__.py": "", "shop/templates/shop/page.html": text}


LOAD = "{% load static %}\n"

# name: (the findings, lines for settings.py, files)
PLANTED = {
    "STORAGES without default": (
        ["E001", "W073"],
        SHOP
        + OFF
        + MEDIA
        + SERVED
        + 'STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}',
        {**APP, **COLLECTS},
    ),
    "MEDIA_ROOT inside STATIC_ROOT": (
        ["E021"],
        SERVED + 'MEDIA_URL = "media/"; MEDIA_ROOT = STATIC_ROOT / "media"',
        {**COLLECTS, **ROUTE},
    ),
    "a slash in the tag": (["W060"], SHOP, page(LOAD + "{% static '/admin/css/base.css' %}")),
    "CSS asks for a missing file, with a manifest": (
        ["E056"],
        SHOP + MANIFEST + SERVED,
        {**COLLECTS, "shop/__init__.py": "", "shop/static/shop/a.css": "a{}\nb{background:url(hero.jpg)}"},
    ),
    "CSS asks for a missing file": (
        ["W057"],
        SHOP,
        {"shop/__init__.py": "", "shop/static/shop/a.css": "a{}\nb{background:url(hero.jpg)}"},
    ),
    "a theme that was copied in part": (
        ["W057"],
        SHOP,
        {
            "shop/__init__.py": "",
            **{
                f"shop/static/shop/{name}.css": "a{background:url(gone.png)} b{background:url(lost.png)}"
                for name in "abc"
            },
        },
    ),
    "/static/ in an attribute": (["W061"], SHOP, page("<link href='/static/admin/css/base.css'>")),
    "/static/ in an inline style": (["W061"], SHOP, page("<p style=\"background: url('/static/a.png')\">")),
    "/static/ in an inline script": (["W061"], SHOP, page("<script>let icon = '/static/a.png'</script>")),
    "/static/ in a script": (
        ["W065"],
        SHOP,
        {"shop/__init__.py": "", "shop/static/shop/a.js": "let a = '/static/shop/a.png';"},
    ),
    "/static/ in Python": (["W065"], SHOP, {"shop/__init__.py": "", "shop/views.py": "ICON = '/static/shop/a.png'\n"}),
    "a form without enctype": (
        ["E069"],
        SHOP,
        {
            "shop/__init__.py": "",
            "shop/views.py": FORM % ", request.FILES",
            "shop/templates/shop/add.html": "<form method=post>{{ form }}</form>",
            **URLS,
        },
    ),
    "an input without enctype": (["E069"], SHOP, page("<form method='post'><input type='file' name='a'></form>")),
    "request.FILES forgotten": (
        ["E076"],
        SHOP,
        {
            "shop/__init__.py": "",
            "shop/views.py": FORM % "",
            "shop/templates/shop/add.html": "<form method=post enctype='multipart/form-data'>{{ form }}</form>",
            **URLS,
        },
    ),
    "no media route": (["W070"], SHOP + MEDIA, {**APP, **NGINX}),
    "STATIC_URL without a slash at its end": (["urls.E006"], 'STATIC_URL = "/static"', {}),
    "MEDIA_URL without a slash at its end": (["urls.E006"], MEDIA + 'MEDIA_URL = "/media"', {**ROUTE}),
    "STATIC_ROOT in STATICFILES_DIRS": (
        ["staticfiles.E002"],
        SERVED + "STATICFILES_DIRS = [STATIC_ROOT]",
        {**COLLECTS, "staticfiles/a.css": ""},
    ),
    "two apps with one file name": (
        ["W050"],
        'INSTALLED_APPS += ["shop", "blog"]',
        {"shop/__init__.py": "", "blog/__init__.py": "", "shop/static/app.css": "a{}", "blog/static/app.css": "b{}"},
    ),
    "nginx's alias without a slash": (
        ["W080"],
        ROOT,
        {**COLLECTS, "nginx.conf": "server { location /static/ { alias /srv/staticfiles; } }"},
    ),
    "nginx on the source folder": (
        ["W081"],
        ROOT + 'STATICFILES_DIRS = [BASE_DIR / "static"]',
        {**COLLECTS, "static/a.css": "", "nginx.conf": "server { location /static/ { alias /srv/site/static/; } }"},
    ),
    "{{ STATIC_URL }} before a name": (["W066"], SHOP, page("<img src='{{ STATIC_URL }}x.png'>")),
    "/media/ before a name": (
        ["W067"],
        SHOP + MEDIA,
        {**APP, **ROUTE, **NGINX, **page("<img src='/media/{{ x.image }}'>"), **APP},
    ),
    "a manifest behind a dot": (
        ["W140"],
        SERVED + 'STATICFILES_DIRS = [BASE_DIR / "dist"]',
        {
            **COLLECTS,
            "dist/.vite/manifest.json": "{}",
            "mysite/vite.py": "from django.conf import settings\nMANIFEST = settings.STATIC_ROOT / '.vite/manifest.json'\n",
        },
    ),
    "DEBUG off, and no host": (["E135"], "DEBUG = False\n" + SERVED, COLLECTS),
    "WhiteNoise, and nothing collected": (["W074"], OFF + SERVED, {}),
    "no WhiteNoise, no STATIC_ROOT": (["W072"], OFF, {}),
    "WhiteNoise is missing": (["W072"], OFF + ROOT, {"requirements.txt": "whitenoise\n"}),
    "WhiteNoise without STATIC_ROOT": (["W034"], OFF + WHITENOISE, {}),
    "nothing serves uploads": (["W073"], OFF + SHOP + SERVED + MEDIA, {**APP, **COLLECTS}),
    "a subclass of the manifest storage, and nothing collected": (
        ["W072"],
        OFF + ROOT + storages("mysite.hashing.Hashing"),
        {
            "mysite/hashing.py": "from django.contrib.staticfiles.storage import ManifestStaticFilesStorage\nclass Hashing(ManifestStaticFilesStorage): ...\n"
        },
    ),
    "static/ in no STATICFILES_DIRS": (
        ["W064"],
        SHOP,
        {**page(LOAD + "{% static 'site.css' %}"), "static/site.css": ""},
    ),
    "the app's folder is called statics": (
        ["W064"],
        SHOP,
        {**page(LOAD + "{% static 'shop/site.css' %}"), "shop/statics/shop/site.css": ""},
    ),
    "a build that has not run": (
        ["W063"],
        SHOP,
        {
            "package.json": '{"scripts": {"build": "vite build"}}',
            **page(LOAD + "{% static 'shop/site.css' %}{% static 'shop/site.js' %}"),
        },
    ),
    "upper and lower case": (
        ["W063"],
        SHOP,
        {**page(LOAD + "{% static 'shop/base.css' %}"), "shop/static/shop/Base.css": ""},
    ),
    "{% load static %} forgotten": (["E068"], SHOP, page("{% static 'admin/css/base.css' %}")),
    "a relative MEDIA_ROOT": (["W027"], 'MEDIA_URL = "media/"; MEDIA_ROOT = "uploads"', ROUTE),
    "a media route with nothing set": (["E075"], "", ROUTE),
    "a misspelt storage": (
        ["E005"],
        storages("django.contrib.staticfiles.storage.ManifestStaticStorage") + SERVED,
        COLLECTS,
    ),
    "everyone may write uploads": (["W046"], "FILE_UPLOAD_PERMISSIONS = 0o666", {}),
    "any host": (["W047"], OFF + 'ALLOWED_HOSTS = ["*"]\n' + SERVED, COLLECTS),
    "a Procfile with runserver": (
        ["W083"],
        SERVED,
        {**COLLECTS, "Procfile": "web: python manage.py runserver 0.0.0.0:$PORT\n"},
    ),
    "an image that nobody collects in": (
        ["W084"],
        SERVED,
        {"Dockerfile": "FROM python:3.13\nCOPY . .\nCMD gunicorn mysite.wsgi\n"},
    ),
    "uploads on Heroku's disk": (
        ["W085"],
        SHOP + SERVED + MEDIA,
        {**APP, **ROUTE, "Procfile": "web: gunicorn mysite.wsgi\n"},
    ),
    "a key in the image": (
        ["W086"],
        SERVED,
        {
            "Dockerfile": "FROM python:3.13\nENV SECRET_KEY=9f8s7df98s7df98\nRUN python manage.py collectstatic --noinput\nCMD gunicorn mysite.wsgi\n"
        },
    ),
    "a volume over STATIC_ROOT": (
        ["W087"],
        SERVED,
        {
            "Dockerfile": "FROM python:3.13\nRUN python manage.py collectstatic --noinput\nCMD gunicorn mysite.wsgi\n",
            "compose.yaml": "services:\n  web:\n    volumes:\n      - static:/app/staticfiles\n",
        },
    ),
    "a build without its variable": (
        ["W088"],
        SERVED + "import os; SECRET_KEY = os.environ['KEY_OF_THE_SITE']",
        {"Dockerfile": "FROM python:3.13\nRUN python manage.py collectstatic --noinput\nCMD gunicorn mysite.wsgi\n"},
    ),
    "an image whose user may not write uploads": (
        ["W127"],
        OFF + SHOP + SERVED + MEDIA,
        {
            **APP,
            **NGINX,
            "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN useradd web\nCOPY . .\n"
            "RUN SECRET_KEY=x python manage.py collectstatic --noinput\nUSER web\nCMD gunicorn mysite.wsgi\n",
        },
    ),
    "an image whose user may not write what a view stores": (
        ["W127"],
        OFF + SHOP + SERVED + MEDIA,
        {
            **NGINX,
            "shop/__init__.py": "",
            "shop/views.py": "from django.core.files.storage import FileSystemStorage\nSTORAGE = FileSystemStorage()\n",
            "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN useradd --create-home --home-dir /app web\n"
            "WORKDIR /app/site\nCOPY . .\nRUN SECRET_KEY=x python manage.py collectstatic --noinput\n"
            "USER web\nCMD gunicorn mysite.wsgi\n",
        },
    ),
    "an image whose user may not collect": (
        ["W127"],
        SERVED,
        {
            "Dockerfile": "FROM python:3.13 AS base\nENV HOME_OF=/app\nWORKDIR $HOME_OF\nFROM base\nCOPY . $HOME_OF\n"
            "USER 1000\nCMD python manage.py collectstatic --noinput && \\\n  gunicorn mysite.wsgi\n",
        },
    ),
    "nginx without types": (
        ["W082"],
        ROOT,
        {**COLLECTS, "nginx.conf": "http { server { location /static/ { alias /srv/staticfiles/; } } }"},
    ),
    "nginx drops headers": (
        ["W089"],
        ROOT,
        {
            **COLLECTS,
            "nginx.conf": "server {\n add_header X-Content-Type-Options nosniff;\n location /static/ { alias /srv/staticfiles/; add_header Cache-Control public; } }",
        },
    ),
    "{% load staticfiles %}": (["E110"], SHOP, page("{% load staticfiles %}{% static 'admin/css/base.css' %}")),
    "templates with one line wrong each": (
        ["E136", "W114", "W112", "W113", "W111", "W137", "W138"],
        SHOP + MEDIA,
        {
            **APP,
            **ROUTE,
            **NGINX,
            "shop/static/shop/a.css": "a{}",
            "shop/templates/shop/a.html": "<link rel=stylesheet href='shop/a.css'>",
            "shop/templates/shop/b.html": LOAD + "<img src=\"{% static 'shop/{{ name }}.png' %}\">",
            "shop/templates/shop/c.html": "<img src='{{ thing.image }}'>{{ thing.image }}",
            "shop/models.py": MODELS + "    extra = models.FileField(blank=True)\n",
            "shop/static/shop/send.js": "fetch('/', {method: 'POST', body: new FormData(form), headers: {'Content-Type': 'multipart/form-data'}})",
            "shop/templates/shop/e.html": "<a href='{{ thing.extra.url }}'>x</a>",
            "shop/templates/shop/f.html": LOAD
            + "<script>navigator.serviceWorker.register(\"{% static 'shop/a.css' %}\")</script>",
            "shop/templates/shop/d.html": LOAD + "<img src='{% static thing.image.url %}'>",
        },
    ),
    "CSS asks at the site's root": (
        ["W115"],
        SHOP,
        {
            "shop/__init__.py": "",
            "shop/static/shop/a.css": "a{background:url(/img/a.png)}",
            "shop/static/shop/img/a.png": "",
        },
    ),
    "DEBUG is a text": (
        ["W116"],
        SERVED + "import os\nDEBUG = os.environ.get('SITE_DEBUG', False)\nALLOWED_HOSTS = ['a.org']",
        COLLECTS,
    ),
    "the media route serves STATIC_ROOT": (
        ["E117"],
        SHOP + SERVED + MEDIA,
        {
            **APP,
            **NGINX,
            **COLLECTS,
            "mysite/urls.py": ROUTE["mysite/urls.py"].replace("settings.MEDIA_ROOT", "settings.STATIC_ROOT"),
        },
    ),
    "a pattern for everything above the media route": (
        ["E118"],
        SHOP + SERVED + MEDIA,
        {
            **APP,
            **NGINX,
            **COLLECTS,
            "mysite/urls.py": "from django.http import HttpResponse\nfrom django.urls import re_path\n"
            "urlpatterns = [re_path('^.*$', lambda request: HttpResponse('app'))]\n",
        },
    ),
    "an address in place of a folder": (
        ["W120"],
        SHOP + SERVED + 'MEDIA_URL = "media/"; MEDIA_ROOT = "/media/"',
        {**APP, **ROUTE, **COLLECTS, "nginx.conf": NGINX["nginx.conf"]},
    ),
    "no finder for apps": (
        ["E121"],
        SHOP + 'STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]',
        {**page(LOAD + "{% static 'shop/a.css' %}"), "shop/static/shop/a.css": "a{}"},
    ),
    "one folder in place of a list": (["E132"], 'STATICFILES_DIRS = (BASE_DIR / "static")', {"static/a.css": ""}),
    "sources in STATIC_ROOT": (
        ["W133"],
        SHOP + SERVED + 'STATIC_ROOT = BASE_DIR / "static"',
        {**COLLECTS, **page(LOAD + "{% static 'site.css' %}"), "static/site.css": ""},
    ),
    "a template, and no staticfiles": (
        ["W016"],
        SHOP + SERVED + 'INSTALLED_APPS.remove("django.contrib.staticfiles")',
        {**COLLECTS, **page(LOAD + "{% static 'shop/a.css' %}")},
    ),
    "the code lies over what was collected": (
        ["W123"],
        OFF + SERVED,
        {
            "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN python manage.py collectstatic --noinput\nCMD gunicorn mysite.wsgi\n",
            "compose.yaml": "services:\n  web:\n    build: .\n    volumes:\n      - .:/app\n",
        },
    ),
    "nginx's root and its location are one too many": (
        ["W124"],
        ROOT,
        {**COLLECTS, "nginx.conf": "server { location /static/ { root /srv/site/static; } }"},
    ),
    "nginx looks where nothing is mounted": (
        ["W125"],
        ROOT,
        {
            **COLLECTS,
            "nginx.conf": "server { location /static/ { alias /app/staticfiles/; } }",
            "compose.yaml": "services:\n  nginx:\n    image: nginx\n    volumes:\n      - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro\n      - files:/srv/files\n",
        },
    ),
    "nginx's own limit": (
        ["W126"],
        SHOP + ROOT + MEDIA,
        {
            **APP,
            **ROUTE,
            **COLLECTS,
            "nginx.conf": NGINX["nginx.conf"].replace("\n}", "\n location / { proxy_pass http://app; }\n}"),
        },
    ),
    "the image's user may not collect": (
        ["W127"],
        SERVED,
        {
            "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\nUSER site\nRUN python manage.py collectstatic --noinput\nCMD gunicorn mysite.wsgi\n"
        },
    ),
    "a path of what is in a bucket": (
        ["E128"],
        SHOP
        + SERVED
        + 'STORAGES = {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "site", "file_overwrite": False}}, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}',
        {
            **APP,
            **COLLECTS,
            "shop/views.py": "def size(thing):\n    return open(thing.image.path)\n",
            "storages/__init__.py": "",
            "storages/backends/__init__.py": "",
            "storages/backends/s3.py": "from django.core.files.storage import Storage\nclass S3Storage(Storage):\n    def __init__(self, **options): ...\n",
        },
    ),
    "a field that shows later": (
        ["E131", "W130", "W129"],
        SHOP + MEDIA,
        {
            **APP,
            **ROUTE,
            **NGINX,
            "shop/models.py": "from django.core.files.storage import FileSystemStorage\n"
            + MODELS.replace(
                "'things')",
                "place)\n    private = models.FileField(storage=FileSystemStorage(location='/srv/private'))",
            ).replace("class Thing", "def place(instance, name):\n    return f'{instance.pk}/{name}'\nclass Thing"),
            "shop/views.py": "from PIL import Image\ndef small(image):\n    return image.resize((9, 9), Image.ANTIALIAS)\n",
        },
    ),
}
CLEAN = {
    "startproject": ("", {}),
    "WhiteNoise with a manifest": (SERVED + MANIFEST + SHOP, {**COLLECTS, **page(LOAD + "{% static 'admin/css/base.css' %}")}),
    "WhiteNoise with the finders": (OFF + WHITENOISE + "WHITENOISE_USE_FINDERS = True\n", {}),
    "an image that gives its user the folder": (OFF + SHOP + SERVED + MEDIA, {**APP, **NGINX, "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN useradd web && mkdir uploads && chown web uploads\nCOPY . .\nRUN SECRET_KEY=x python manage.py collectstatic --noinput\nUSER web\nCMD gunicorn mysite.wsgi\n"}),
    "an image that gives its user everything": (OFF + SHOP + SERVED + MEDIA, {**APP, **NGINX, "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY --chown=web . .\nRUN SECRET_KEY=x python manage.py collectstatic --noinput\nUSER web\nCMD gunicorn mysite.wsgi\n"}),
    "uWSGI serves what was collected": (OFF + ROOT, {**COLLECTS, "uwsgi.ini": "[uwsgi]\nstatic-map = /static=/app/staticfiles\n"}),
    "nginx serves both": (OFF + SHOP + ROOT + MEDIA, {**APP, **NGINX, **COLLECTS}),
    "an app with files of its own": (SHOP + MEDIA + ROOT, {**APP, **ROUTE, **NGINX, **COLLECTS, "shop/static/shop/a.css": "a{background:url(a.png)}", "shop/static/shop/a.png": ""}),
    "templates that name files rightly": (
        SHOP + MEDIA,
        {
            **page(LOAD + "{% if thing.image %}<img src='{{ thing.image.url }}'>{{ thing.image }}{% endif %}<img src='{% static path %}'><a href='about.html'>x</a><img src='https://example.org/shop/a.png'>"),
            **APP, **ROUTE, **NGINX, "shop/static/shop/a.css": "a{background:url(/thumb/a.png)} b{background:url(a.png)}", "shop/static/shop/a.png": "",
            "mysite/urls.py": ROUTE["mysite/urls.py"] + "from django.urls import path\nfrom django.http import HttpResponse\nurlpatterns += [path('thumb/<str:name>', HttpResponse)]\n",
        },
    ),
    "code that uploads go through": (
        SHOP + SERVED + MEDIA + "import os\nDEBUG = os.environ.get('SITE_DEBUG', '') == '1'\nALLOWED_HOSTS = ['a.org']\nFILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024",
        {
            **APP, **NGINX, **COLLECTS,
            "shop/models.py": "import uuid\nfrom django.core.files.storage import FileSystemStorage\n" + MODELS.replace("'things'", "place").replace("class Thing", "def private():\n    return FileSystemStorage(location='/srv/private')\ndef place(instance, name):\n    return f'{uuid.uuid4()}/{name}'\nclass Thing") + "    private = models.FileField(storage=private)\n",
            "shop/views.py": "from PIL import Image\ndef small(thing):\n    open(thing.image.path)\n    return Image.Resampling.LANCZOS\n",
        },
    ),
    "containers that fit together": (
        SHOP + OFF + ROOT + MEDIA,
        {
            **APP,
            "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN mkdir -p staticfiles uploads && chown site staticfiles uploads\nCOPY . .\nUSER site\nCMD python manage.py collectstatic --noinput && gunicorn mysite.wsgi\n",
            "nginx.conf": "server {\n client_max_body_size 9m;\n location /static/ { alias /app/staticfiles/; }\n location /media/ { alias /app/uploads/; }\n location / { proxy_pass http://web:8000; }\n}\n",
            "compose.yaml": "services:\n  web:\n    build: .\n    volumes:\n      - static:/app/staticfiles\n      - uploads:/app/uploads\n  nginx:\n    image: nginx\n    volumes:\n      - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro\n      - static:/app/staticfiles:ro\n      - type: volume\n        source: uploads\n        target: /app/uploads\n",
            "compose.override.yaml": "services:\n  web:\n    command: python manage.py runserver 0.0.0.0:8000\n    volumes:\n      - .:/app\n",
        },
    ),
    "a view of its own for uploads": (SHOP + SERVED + MEDIA, {**APP, **NGINX, **COLLECTS, "mysite/urls.py": "from django.urls import re_path\nfrom django.views.static import serve\ndef own(request, path): return serve(request, path, 'uploads')\nurlpatterns = [re_path('^media/(?P<path>.*)$', own)]\n"}),
    "hosts from a variable that is not set here": ("DEBUG = False\nimport os; ALLOWED_HOSTS = os.environ.get('HOSTS', '').split()\n" + ROOT, {**NGINX, **COLLECTS}),
    "an override of the admin": (SHOP.replace("append(", "insert(0, "), {"shop/__init__.py": "", "shop/static/admin/css/base.css": "a{}"}),
}  # fmt: skip


def seen(plain, lines, files, **options):
    if "DEBUG = False" not in lines and not files.keys() & {"Dockerfile", "Procfile", "nginx.conf"}:
        lines, files = (
            lines if SERVED in lines else f"{lines}\n{SERVED}",
            {**COLLECTS, **files},
        )  # its own mistake alone
    for path, text in files.items():
        plain.write(path, text)
    result = visit(plain.add(lines).folder, python=sys.executable, **options)
    assert result.examined, result.findings
    return [finding for finding in result.findings if finding["level"] != "INFO"]


@pytest.mark.parametrize(("ids", "lines", "files"), PLANTED.values(), ids=PLANTED)
def test_a_planted_mistake_is_named_and_nothing_else_is(plain, ids, lines, files):
    findings = seen(plain, lines, files)
    assert [finding["id"].replace("which_file.", "") for finding in findings] == ids, findings
    for finding in findings:
        assert finding["message"]
        assert finding["hint"] or not finding["id"].startswith("which_file.")


def test_the_project_to_copy_needs_nothing_but_its_variables_and_a_release():
    findings = visit(SITE / "starter", python=sys.executable).findings
    assert {finding["id"] for finding in findings} <= {"which_file.I054", "which_file.I100", "which_file.I105"}


@pytest.mark.parametrize(("lines", "files"), CLEAN.values(), ids=CLEAN)
def test_a_project_that_is_right_is_left_in_peace(plain, lines, files):
    assert seen(plain, lines, files) == []


def test_where_a_variable_chooses_a_bucket_the_disk_is_not_blamed(plain):
    bucket = "import os\nif 'BUCKET' in os.environ:\n    STORAGES['default'] = {'BACKEND': 'storages.backends.s3.S3Storage'}\n"
    for path, text in {**APP, **COLLECTS}.items():
        plain.write(path, text)
    result = visit(plain.add(OFF + SHOP + SERVED + MEDIA + bucket).folder, python=sys.executable)
    assert [finding["id"] for finding in result.findings] == ["which_file.I105"]
