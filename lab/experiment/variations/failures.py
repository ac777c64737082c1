"""Variations that make something fail, each beside the one that fixes it: the symptoms are shown by them."""

from collections.abc import Mapping

from lab.experiment.plan import Command, Entry, FileChange, Plan, Request, django_shell
from lab.experiment.variation import Edit, Variation
from lab.uploads.hostile import SAMPLES

SETTINGS = "project/settings.py"
NGINX = {"server": "nginx"}
COLLECT = ("manage.py", "collectstatic", "--noinput")
COLLECT_OURS = Command(argv=(*COLLECT, "--ignore", "admin"))
CSS = "/* a stylesheet */\n"
PICTURE = "/media/picture.png"


def _failure(
    name: str,
    title: str,
    *,
    needs: Mapping[str, str] | None = None,
    edits: tuple[Edit, ...] = (),
    first: Plan = (),
    then: tuple[Entry, ...] = (),
    refused: bool = False,
) -> Variation:
    """Return the variation; an edit that says no place is a file of its own."""
    files = {edit.path: edit.new for edit in edits if not (edit.old or edit.line or edit.below)}
    kept = tuple(edit for edit in edits if edit.old or edit.line or edit.below)
    return Variation(name, title, needs or {}, kept, files, first, then, refused=refused)


def _write(path: str, text: str) -> FileChange:
    return FileChange("write", path, text)


def _delete(path: str) -> FileChange:
    return FileChange("delete", path)


def _get(label: str, path: str, headers: tuple[tuple[str, str], ...] = ()) -> Request:
    return Request(label, address=path, headers=headers)


def _upload(label: str, name: str = "png", size: int = 0) -> Request:
    return Request(label, "POST", "/upload/", files={"image": name}, size=size)


def with_setting(line: str) -> Edit:
    """A further line in settings.py."""
    return Edit(SETTINGS, 'MEDIA_URL = "/media/"', f'{line}\nMEDIA_URL = "/media/"')


SHOP = (
    Edit("shop/__init__.py", "", ""),
    Edit(SETTINGS, '    "django.contrib.staticfiles",\n', '    "django.contrib.staticfiles",\n    "shop",\n'),
)

FINDERS = (
    _failure(
        "first-static-folder-later",
        "An app’s first static folder, made while the server runs",
        needs={"server": "runserver", "static_url": "/static/", "debug": "on"},
        edits=SHOP,
        then=(_write("shop/static/shop.css", CSS), _get("shop", "/static/shop.css")),
    ),
    _failure(
        "first-static-folder",
        "The same folder, there when the server starts",
        needs={"server": "runserver", "static_url": "/static/", "debug": "on"},
        edits=SHOP,
        first=(_write("shop/static/shop.css", CSS),),
        then=(_get("shop", "/static/shop.css"),),
    ),
    _failure(
        "name-in-capitals",
        "The tag says App.css, the file is called app.css",
        needs={"reference": "tag", "layout": "flat"},
        edits=(Edit("templates/base.html", "{% static 'app.css' %}", "{% static 'App.css' %}"),),
    ),
)

_COUNTING = '''\
"""A storage that counts what it is asked, as a bucket in another town would have to answer it."""

from django.contrib.staticfiles.storage import StaticFilesStorage


class CountingStorage(StaticFilesStorage):
    questions = sent = 0

    def get_modified_time(self, name):
        CountingStorage.questions += 1
        return super().get_modified_time(name)

    def exists(self, name):
        CountingStorage.questions += 1
        return super().exists(name)

    def _save(self, name, content):
        CountingStorage.sent += 1
        return super()._save(name, content)
'''

_COUNTED = (
    Edit("project/storage.py", "", _COUNTING),
    Edit(SETTINGS, "django.contrib.staticfiles.storage.StaticFilesStorage", "project.storage.CountingStorage"),
)
_COLLECT_AND_COUNT = django_shell(
    "from django.core.management import call_command\n"
    "from project.storage import CountingStorage\n"
    "call_command('collectstatic', interactive=False)\n"
    "print(CountingStorage.questions, 'questions,', CountingStorage.sent, 'files sent')"
)

_AGE_THE_COPIES = django_shell(
    "import os\n"
    "from django.conf import settings\n"
    "copies = [path for path in settings.STATIC_ROOT.rglob('*') if path.is_file()]\n"
    "for path in copies:\n"
    "    os.utime(path, (0, 0))\n"
    "print(len(copies), 'copies are older now than their sources')"
)

OLD_FILES = (_write("app1/static/old.css", CSS), _write("app1/static/.well-known/security.txt", "Contact: …\n"))

COLLECTING = (
    _failure(
        "no-static-root",
        "STATIC_ROOT is not set",
        needs={"media_root": "uploads", "whitenoise": "off", "project_static": "none"},
        edits=(
            Edit(
                SETTINGS,
                line='STATIC_ROOT = BASE_DIR / "staticfiles"',
                new="# STATIC_ROOT is not set: collectstatic has nowhere to write.\n",
            ),
        ),
    ),
    _failure(
        "joined-with-slash",
        "A slash before the folder’s name: BASE_DIR / '/staticfiles'",
        needs={"collect": "no", "media_root": "uploads", "project_static": "none"},
        edits=(Edit(SETTINGS, 'STATIC_ROOT = BASE_DIR / "staticfiles"', 'STATIC_ROOT = BASE_DIR / "/staticfiles"'),),
        first=(Command(argv=(*COLLECT_OURS.argv, "--dry-run")),),
    ),
    _failure(
        "joined-without-slash",
        "The folder’s name without a slash, collected with --dry-run",
        needs={"collect": "no"},
        first=(Command(argv=(*COLLECT_OURS.argv, "--dry-run")),),
    ),
    _failure(
        "secret-key-required",
        "SECRET_KEY from a variable that has to be there",
        refused=True,
        edits=(
            Edit(
                SETTINGS,
                'SECRET_KEY = "good-enough-for-an-experiment-and-for-nothing-else"',
                'SECRET_KEY = os.environ["SECRET_KEY"]  # nothing at all runs without the variable',
            ),
            Edit(
                SETTINGS, "from pathlib import Path\n", "import os  # for its environment\nfrom pathlib import Path\n"
            ),
        ),
    ),
    _failure(
        "secret-key-when-used",
        "SECRET_KEY from a variable, wanted when it is used",
        edits=(
            Edit(
                SETTINGS,
                'SECRET_KEY = "good-enough-for-an-experiment-and-for-nothing-else"',
                "# Empty while the image is built; Django refuses an empty key as soon as something is to be signed.\n"
                'SECRET_KEY = os.environ.get("SECRET_KEY", "")',
            ),
            Edit(
                SETTINGS, "from pathlib import Path\n", "import os  # for its environment\nfrom pathlib import Path\n"
            ),
        ),
        then=(_get("form", "/upload/"),),
    ),
    _failure(
        "filled-volume",
        "STATIC_ROOT with the files of an earlier release in it",
        needs={"collect": "no"},
        first=(_write("staticfiles/app.css", "/* of the release before */\n"),),
    ),
    _failure(
        "filled-volume-collected",
        "The same, and collectstatic --clear when the container starts",
        needs={"collect": "no"},
        first=(
            _write("staticfiles/app.css", "/* of the release before */\n"),
            Command(argv=(*COLLECT, "--clear")),
        ),
    ),
    _failure(
        "deleted-source",
        "A file deleted between two runs of collectstatic, and a folder that begins with a dot",
        needs={"collect": "no"},
        first=(*OLD_FILES, COLLECT_OURS, _delete("app1/static/old.css"), COLLECT_OURS),
    ),
    _failure(
        "deleted-source-cleared",
        "The same with --clear and --no-default-ignore",
        needs={"collect": "no"},
        first=(
            *OLD_FILES,
            COLLECT_OURS,
            _delete("app1/static/old.css"),
            Command(argv=(*COLLECT_OURS.argv, "--clear", "--no-default-ignore")),
        ),
    ),
    _failure(
        "counting-storage",
        "A storage that counts its questions, collected to twice",
        needs={"storage": "plain", "collect": "no"},
        edits=_COUNTED,
        first=(_COLLECT_AND_COUNT, _COLLECT_AND_COUNT),
    ),
    _failure(
        "counting-storage-fresh-checkout",
        "The same, and before the second time every source is newer than its copy",
        needs={"storage": "plain", "collect": "no"},
        edits=_COUNTED,
        first=(_COLLECT_AND_COUNT, _AGE_THE_COPIES, _COLLECT_AND_COUNT),
    ),
)

_A_JS = 'import { greet } from "./b.js";\nimport "./c.js"\n\ngreet();\n'
_B_JS = "export function greet() {}\n"
_MODULES = (
    Edit("app1/static/a.js", "", _A_JS),
    Edit("app1/static/b.js", "", _B_JS),
    Edit("app1/static/c.js", "", "// imported without a semicolon\n"),
)
_PRINT_MODULE = django_shell(
    "from django.contrib.staticfiles.storage import staticfiles_storage as storage\n"
    "print(storage.open(storage.stored_name('a.js')).read().decode().strip())"
)
_MODULE_STORAGE = '''\
"""Hashed names inside JavaScript modules too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStorage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
'''
_HASHED = {"storage": "manifest", "collect": "yes"}

NAMES = (
    _failure(
        "es-modules",
        "A JavaScript module that imports another, collected with hashed names",
        needs=_HASHED,
        edits=_MODULES,
        first=(_PRINT_MODULE,),
    ),
    _failure(
        "es-modules-rewritten",
        "The same with support_js_module_import_aggregation",
        needs=_HASHED,
        edits=(
            *_MODULES,
            Edit("project/storage.py", "", _MODULE_STORAGE),
            Edit(
                SETTINGS,
                "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
                "project.storage.ModuleStorage",
            ),
        ),
        first=(_PRINT_MODULE,),
    ),
    _failure(
        "old-staticfiles-storage",
        "STATICFILES_STORAGE, as one wrote it before Django 5.1",
        needs={"storage": "plain"},
        edits=(
            Edit(
                SETTINGS,
                "STORAGES = {",
                "# Removed in Django 5.1: nothing reads this line.\n"
                'STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"\n'
                "STORAGES = {",
            ),
        ),
    ),
)

_REGISTRY = (
    "import mimetypes  # what Python knows of file endings\n\n"
    'mimetypes.add_type("text/plain", ".js")  # stands for what some program wrote into the Windows registry\n'
)
_TYPED_FILES = (
    Edit("app1/static/site.mjs", "", "export {};\n"),
    Edit("app1/static/site.webmanifest", "", '{"name": "A site"}\n'),
)
_ASK_TYPES = (_get("module", "/static/site.mjs"), _get("webmanifest", "/static/site.webmanifest"))
_LOAD = django_shell("from project.wsgi import application")

_ASGI = '''\
"""Ask the project's ASGI application for a file, as uvicorn would."""

import asyncio

from project.asgi import application

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/static/app.css",
    "query_string": b"",
    "headers": [(b"host", b"localhost")],
}


async def main():
    messages = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        return messages.pop() if messages else await asyncio.Future()

    async def send(message):
        if message["type"] == "http.response.start":
            print("status", message["status"])

    await application(SCOPE, receive, send)


asyncio.run(main())
'''
_WSGI = '''\
"""Ask the project's WSGI application for a file, as gunicorn would."""

from wsgiref.util import setup_testing_defaults

from project.wsgi import application

environ = {"PATH_INFO": "/static/app.css", "HTTP_HOST": "localhost"}
setup_testing_defaults(environ)
b"".join(application(environ, lambda status, headers: print("status", status)))
'''

SERVING = (
    _failure(
        "registry-says-text-plain",
        "A computer on which .js is registered as text/plain",
        needs={"server": "runserver", "static_url": "/static/"},
        edits=(Edit(SETTINGS, "from pathlib import Path\n", f"{_REGISTRY}from pathlib import Path\n"),),
        then=(_get("script", "/static/admin/js/core.js"),),
    ),
    _failure(
        "registry-overruled",
        "The same computer, and the right type added in settings.py",
        needs={"server": "runserver", "static_url": "/static/"},
        edits=(
            Edit(
                SETTINGS,
                "from pathlib import Path\n",
                f'{_REGISTRY}mimetypes.add_type("text/javascript", ".js")\nfrom pathlib import Path\n',
            ),
        ),
        then=(_get("script", "/static/admin/js/core.js"),),
    ),
    _failure(
        "nginx-without-types",
        "nginx.conf without the types of CSS, modules and web manifests",
        needs={**NGINX, "static_url": "/static/", "collect": "yes"},
        edits=(
            *_TYPED_FILES,
            Edit("nginx.conf", "        text/css css;\n        text/javascript js mjs;\n", ""),
        ),
        then=_ASK_TYPES,
    ),
    _failure(
        "nginx-with-types",
        "nginx.conf with those types",
        needs={**NGINX, "static_url": "/static/", "collect": "yes"},
        edits=(
            *_TYPED_FILES,
            Edit(
                "nginx.conf",
                "        font/woff2 woff2;\n",
                "        font/woff2 woff2;\n        application/manifest+json webmanifest;\n",
            ),
        ),
        then=_ASK_TYPES,
    ),
    _failure("application-loaded", "The WSGI application is loaded in a shell, which shows warnings", first=(_LOAD,)),
    _failure(
        "asked-by-asgi",
        "A stylesheet asked for through asgi.py",
        needs={"static_url": "/static/", "layout": "flat"},
        edits=(Edit("ask.py", "", _ASGI),),
        first=(django_shell("import ask"),),
    ),
    _failure(
        "asked-by-wsgi",
        "The same stylesheet asked for through wsgi.py",
        needs={"static_url": "/static/", "layout": "flat"},
        edits=(Edit("ask.py", "", _WSGI),),
        first=(django_shell("import ask"),),
    ),
    _failure(
        "added-after-start",
        "A file that comes into STATIC_ROOT while the server runs",
        needs={"static_url": "/static/"},
        then=(_write("staticfiles/new.css", CSS), _get("new", "/static/new.css")),
    ),
    _failure(
        "added-before-start",
        "The same file, there when the server starts",
        needs={"static_url": "/static/"},
        first=(_write("staticfiles/new.css", CSS),),
        then=(_get("new", "/static/new.css"),),
    ),
    _failure(
        "autorefresh",
        "WHITENOISE_AUTOREFRESH in production",
        needs={"static_url": "/static/", "debug": "off", "whitenoise": "after-security"},
        edits=(with_setting("WHITENOISE_AUTOREFRESH = True  # a mistake in production"),),
        then=(_write("staticfiles/new.css", CSS), _get("new", "/static/new.css")),
    ),
    _failure(
        "asked-since",
        "The stylesheet asked for again by a browser that has a newer copy",
        needs={"static_url": "/static/", "layout": "flat"},
        then=(_get("again", "/static/app.css", (("If-Modified-Since", "Sat, 01 Jun 2024 00:00:00 GMT"),)),),
    ),
    _failure(
        "page-of-the-last-release",
        "A page of the release before asks for its stylesheet",
        needs={"storage": "manifest", "collect": "stale", "static_url": "/static/", "layout": "flat", "css": "good"},
        then=(_get("old", "/static/app.901300d6b113.css"),),
    ),
)

_NO_TYPE = """\
    del response["Content-Type"]  # it would be text/html; without it nginx tells the type by the file's ending
"""
_PRIVATE = f'''\
def private(request, name):
    """Decide here who may read the file; nginx then sends it, from a location that nobody can ask for directly."""
    if "ticket" not in request.COOKIES:  # stands for request.user.is_authenticated
        return redirect("/login/?next=" + request.path)
    response = HttpResponse(headers={{"X-Accel-Redirect": "/protected/" + quote(name)}})
{_NO_TYPE}    return response


def upload(request):
'''


def _internal(name: str, title: str, view: str) -> Variation:
    return _failure(
        name,
        title,
        needs={**NGINX, "upload": "png", "media_root": "uploads", "media_route": "off"},
        edits=(
            Edit(
                "nginx.conf",
                "        location /media/ {\n",
                "        location /protected/ {\n            internal;  # only by X-Accel-Redirect\n",
            ),
            Edit("project/views.py", "def upload(request):\n", view),
            Edit(
                "project/views.py",
                "from django.shortcuts import redirect, render\n",
                "from urllib.parse import quote\n\nfrom django.http import HttpResponse\n"
                "from django.shortcuts import redirect, render\n",
            ),
            Edit(
                "project/urls.py",
                '    path("upload/", views.upload),\n',
                '    path("upload/", views.upload),\n    path("media/<path:name>", views.private),\n',
            ),
        ),
        then=(
            _get("with-ticket", PICTURE, (("Cookie", "ticket=yes"),)),
            _get("directly", "/protected/picture.png"),
        ),
    )


MEDIA = (
    _failure(
        "new-container",
        "The upload’s disk is thrown away, as with a container",
        needs={"upload": "png", "media_root": "uploads", "default_storage": "present", "login_gate": "off"},
        then=(_delete("uploads/picture.png"), _get("after-deploy", PICTURE)),
    ),
    _failure(
        "media-on-a-volume",
        "MEDIA_ROOT on a volume that outlives the container",
        needs={"upload": "png", "media_root": "uploads"},
        edits=(
            Edit(
                SETTINGS,
                line='MEDIA_ROOT = BASE_DIR / "uploads"',
                new='MEDIA_ROOT = BASE_DIR.parent / "volume"  # outside the release: a new one finds it again',
            ),
        ),
        then=(_get("after-deploy", PICTURE),),
    ),
    _internal("nginx-internal", "A view decides who may read an upload, and nginx sends it", _PRIVATE),
    _internal(
        "nginx-internal-typed",
        "The same, and the view leaves the Content-Type that Django gave its answer",
        _PRIVATE.replace(_NO_TYPE, ""),
    ),
    _failure(
        "range",
        "The first ten bytes of the upload are asked for",
        needs={"upload": "png", "media_root": "uploads"},
        then=(_get("range", PICTURE, (("Range", "bytes=0-9"),)),),
    ),
    _failure(
        "closed-folders",
        "collectstatic makes folders that only their owner may pass through",
        needs={"collect": "yes"},
        edits=(with_setting("FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700"),),
        first=(
            django_shell(
                "import os, stat; print(stat.filemode(os.stat('staticfiles/admin').st_mode), 'staticfiles/admin')"
            ),
        ),
    ),
    _failure(
        "open-folders",
        "collectstatic makes folders that everybody may pass through",
        needs={"collect": "yes"},
        edits=(with_setting("FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755"),),
        first=(
            django_shell(
                "import os, stat; print(stat.filemode(os.stat('staticfiles/admin').st_mode), 'staticfiles/admin')"
            ),
        ),
    ),
    _failure(
        "nginx-cors",
        "nginx permits other origins to use static files",
        needs={**NGINX, "static_url": "/static/"},
        edits=(
            Edit(
                "nginx.conf",
                "            alias staticfiles/;  # STATIC_ROOT\n",
                "            alias staticfiles/;  # STATIC_ROOT\n"
                '            add_header Access-Control-Allow-Origin "*" always;\n',
            ),
        ),
    ),
)

_CLIENT = "from django.test import Client\nclient = Client(headers={'host': 'localhost'})\n"
_SUBMIT = django_shell(
    f"{_CLIENT}"
    "from io import BytesIO\n"
    "from urllib.parse import urlencode\n"
    "from PIL import Image\n"
    "picture = BytesIO()\n"
    "Image.new('RGB', (8, 8)).save(picture, 'PNG')\n"
    "picture.seek(0)\n"
    "picture.name = 'picture.png'\n"
    "html = client.get('/upload/').content.decode()\n"
    "if 'multipart/form-data' in html:  # what a browser does with the form that it got\n"
    "    answer = client.post('/upload/', {'image': picture})\n"
    "else:\n"
    "    answer = client.post('/upload/', urlencode({'image': 'picture.png'}), 'application/x-www-form-urlencoded')\n"
    "print(answer.status_code, dict(answer.wsgi_request.FILES))\n"
    "print('This field is required.' if b'This field is required.' in answer.content else 'accepted')"
)
_PROFILE = (
    "from django.db import models\n"
    "from django.template import Context, Template\n"
    "class Profile(models.Model):\n"
    "    avatar = models.ImageField(blank=True)\n"
    "    class Meta:\n"
    "        app_label = 'app1'\n"
)

_MODELS = '''\
"""A photo with its file."""

from django.db import models


class Photo(models.Model):
    file = models.FileField()
'''
_CLEANING = '''

@receiver(models.signals.post_delete, sender=Photo)
def delete_file(sender, instance, **_):
    """A row that goes takes its file with it."""
    instance.file.delete(save=False)


@receiver(models.signals.pre_save, sender=Photo)
def delete_replaced_file(sender, instance, **_):
    """A row that gets another file loses the one it had."""
    before = Photo.objects.filter(pk=instance.pk).first()
    if before and before.file != instance.file:
        before.file.delete(save=False)
'''
_DATABASE = with_setting(
    "# The rows are gone with the process; what stays is on disk.\n"
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\n'
    'DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # the default since Django 6.0'
)
_REPLACE_AND_DELETE = django_shell(
    "import os\n"
    "from django.core.files.base import ContentFile\n"
    "from django.db import connection\n"
    "from app1.models import Photo\n"
    "with connection.schema_editor() as editor:\n"
    "    editor.create_model(Photo)\n"
    "photo = Photo.objects.create(file=ContentFile(b'one', 'one.txt'))\n"
    "photo.file = ContentFile(b'two', 'two.txt')\n"
    "photo.save()\n"
    "photo.delete()\n"
    "print('rows:', Photo.objects.count(), 'files:', sorted(os.listdir('uploads')))"
)
_MODES = django_shell(
    f"{_CLIENT}"
    "import os, stat\n"
    "from io import BytesIO\n"
    "from PIL import Image\n"
    "os.umask(0o022)\n"
    "for name, size in (('small.png', 0), ('large.png', 3_000_000)):\n"
    "    picture = BytesIO()\n"
    "    Image.new('RGB', (8, 8)).save(picture, 'PNG')\n"
    "    upload = BytesIO(picture.getvalue().ljust(size, b'\\0'))\n"
    "    upload.name = name\n"
    "    client.post('/upload/', {'image': upload})\n"
    "    print(stat.filemode(os.stat('uploads/' + name).st_mode), name)"
)
_101_FILES = django_shell(
    f"{_CLIENT}"
    "from io import BytesIO\n"
    "def note():\n"
    "    file = BytesIO(b'x')\n"
    "    file.name = 'note.txt'\n"
    "    return file\n"
    "print('101 files:', client.post('/upload/', {'other': [note() for _ in range(101)]}).status_code)"
)
_FORM = '''\
    def clean_image(self):
        """Django has no setting for the size of a file: the form says how large it may be."""
        image = self.cleaned_data["image"]
        if image.size > 1_000_000:
            raise forms.ValidationError("At most one megabyte, please.")
        return image
'''
_FORM_FIELD = "image = forms.ImageField()"

_BOMBS = django_shell(
    "import struct, zlib, warnings\n"
    "warnings.simplefilter('ignore')\n"
    "from django.core.files.uploadedfile import SimpleUploadedFile\n"
    "from project.forms import UploadForm\n"
    "def chunk(kind, data):\n"
    "    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))\n"
    "def bomb(side):\n"
    "    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)\n"
    "    head = struct.pack('>IIBBBBB', side, side, 1, 0, 0, 0, 0)\n"
    "    return b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', head) + chunk(b'IDAT', rows) + chunk(b'IEND', b'')\n"
    "for side in (10_000, 14_000):\n"
    "    content = bomb(side)\n"
    "    form = UploadForm({}, {'image': SimpleUploadedFile('bomb.png', content, 'image/png')})\n"
    "    said = 'accepted' if form.is_valid() else 'refused'\n"
    "    print(f'{side * side // 1_000_000} MP in {len(content) // 1000} kB: {said}')"
)
_PIXELS = '''\
    def clean_image(self):
        """Pillow has read the size from the header; nothing has been unpacked yet."""
        image = self.cleaned_data["image"]
        width, height = image.image.size
        if width * height > 25_000_000:
            raise forms.ValidationError("At most 25 megapixels, please.")
        return image
'''
_UPRIGHT = '''\
    def clean_image(self):
        """A fresh picture from the pixels: turned upright, and without EXIF."""
        image = self.cleaned_data["image"]
        image.file.seek(0)
        pixels = ImageOps.exif_transpose(Image.open(image.file)).convert("RGB")
        fresh = BytesIO()
        pixels.save(fresh, "JPEG", exif=b"", quality=90)
        return ContentFile(fresh.getvalue(), name="photo.jpg")
'''
_PHONE = django_shell(
    "from io import BytesIO\n"
    "from django.core.files.uploadedfile import SimpleUploadedFile\n"
    "from PIL import Image\n"
    "from project.forms import UploadForm\n"
    "exif = Image.Exif()\n"
    "exif[0x0112] = 6  # held upright: turn by a quarter before showing\n"
    "exif.get_ifd(0x8825)[1] = 'N'\n"
    "exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)\n"
    "shot = BytesIO()\n"
    "Image.new('RGB', (40, 30)).save(shot, 'JPEG', exif=exif)\n"
    "form = UploadForm({}, {'image': SimpleUploadedFile('photo.jpg', shot.getvalue(), 'image/jpeg')})\n"
    "form.is_valid()\n"
    "stored = form.cleaned_data['image']\n"
    "stored.seek(0)\n"
    "photo = Image.open(stored)\n"
    "print('pixels:', photo.size, 'turn:', photo.getexif().get(0x0112), 'GPS:', bool(photo.getexif().get_ifd(0x8825)))"
)
_POLYGLOT = django_shell(
    "from io import BytesIO\n"
    "from django import forms\n"
    "from django.core.files.uploadedfile import SimpleUploadedFile\n"
    "from PIL import Image\n"
    "png = BytesIO()\n"
    "Image.new('RGB', (8, 8)).save(png, 'PNG')\n"
    "eps = b'%!PS-Adobe-3.0 EPSF-3.0\\n%%BoundingBox: 0 0 8 8\\n%%EndComments\\n%%EOF\\n'\n"
    "files = {'a.png': png.getvalue() + b'<script>alert(1)</script>', 'a.eps': eps, 'a.svg': b'<svg/>'}\n"
    "for name, content in files.items():\n"
    "    try:\n"
    "        forms.ImageField().clean(SimpleUploadedFile(name, content))\n"
    "        print(name, 'accepted')\n"
    "    except forms.ValidationError:\n"
    "        print(name, 'refused')"
)

UPLOADS = (
    _failure(
        "file-field",
        "A FileField instead of the ImageField",
        edits=(Edit("project/forms.py", line=_FORM_FIELD, new="    image = forms.FileField()  # takes everything\n"),),
    ),
    _failure(
        "polyglot", "What an ImageField says to a PNG with a script behind it, to EPS and to SVG", first=(_POLYGLOT,)
    ),
    _failure("bombs", "Small files with a great many pixels", first=(_BOMBS,)),
    _failure(
        "bombs-refused",
        "The same, and a form that counts pixels",
        edits=(Edit("project/forms.py", below=_FORM_FIELD, new=f"\n{_PIXELS}"),),
        first=(_BOMBS,),
    ),
    _failure("photo-of-a-phone", "A photo with a turn and a place in its EXIF", first=(_PHONE,)),
    _failure(
        "photo-made-upright",
        "The same photo, turned and saved anew",
        edits=(
            Edit("project/forms.py", below=_FORM_FIELD, new=f"\n{_UPRIGHT}"),
            Edit(
                "project/forms.py",
                "from django import forms\n",
                "from io import BytesIO\n\nfrom django import forms\nfrom django.core.files.base import ContentFile\n"
                "from PIL import Image, ImageOps\n",
            ),
        ),
        first=(_PHONE,),
    ),
    _failure(
        "no-enctype",
        "A form without enctype, sent as a browser does",
        needs={"debug": "on"},
        edits=(Edit("templates/upload.html", ' enctype="multipart/form-data"', ""),),
        first=(_SUBMIT,),
    ),
    _failure("enctype", "The same form with enctype", needs={"debug": "on"}, first=(_SUBMIT,)),
    _failure(
        "no-avatar",
        "A template asks for the url of an empty ImageField",
        first=(
            django_shell(
                f"{_PROFILE}print(Template('<img src=\"{{{{ p.avatar.url }}}}\">').render(Context({{'p': Profile()}})))"
            ),
        ),
    ),
    _failure(
        "no-avatar-asked-first",
        "The template asks first whether there is a file",
        first=(
            django_shell(
                f"{_PROFILE}"
                "html = '{% if p.avatar %}<img src=\"{{ p.avatar.url }}\">{% else %}nobody{% endif %}'\n"
                "print(Template(html).render(Context({'p': Profile()})))"
            ),
        ),
    ),
    _failure(
        "replaced-and-deleted",
        "A row gets another file and is deleted",
        needs={"media_root": "uploads"},
        edits=(_DATABASE, Edit("app1/models.py", "", _MODELS)),
        first=(_REPLACE_AND_DELETE,),
    ),
    _failure(
        "replaced-and-cleaned",
        "The same, with signals that delete the files",
        needs={"media_root": "uploads"},
        edits=(
            _DATABASE,
            Edit(
                "app1/models.py",
                "",
                _MODELS.replace("import models\n", "import models\nfrom django.dispatch import receiver\n") + _CLEANING,
            ),
        ),
        first=(_REPLACE_AND_DELETE,),
    ),
    _failure(
        "permissions-none",
        "FILE_UPLOAD_PERMISSIONS is None",
        needs={"media_root": "uploads", "debug": "on"},
        edits=(with_setting("FILE_UPLOAD_PERMISSIONS = None  # leave it to the system"),),
        first=(_MODES,),
    ),
    _failure(
        "permissions-default",
        "FILE_UPLOAD_PERMISSIONS as Django has it, 0o644",
        needs={"media_root": "uploads", "debug": "on"},
        first=(_MODES,),
    ),
    _failure(
        "limit-that-is-none",
        "DATA_UPLOAD_MAX_MEMORY_SIZE of 1,000 bytes, an upload of 1.5 MB, and 101 files",
        needs={"debug": "on"},
        edits=(with_setting("DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000  # counts no files"),),
        first=(_101_FILES,),
        then=(_upload("large", size=1_500_000),),
    ),
    _failure(
        "limit-in-the-form",
        "The form limits the size, and DATA_UPLOAD_MAX_NUMBER_FILES is raised",
        needs={"debug": "on"},
        edits=(
            with_setting("DATA_UPLOAD_MAX_NUMBER_FILES = 200"),
            Edit("project/forms.py", below=_FORM_FIELD, new=f"\n{_FORM}"),
        ),
        first=(_101_FILES,),
        then=(_upload("large", size=1_500_000),),
    ),
)

_ATTACK: tuple[Entry, ...] = (
    *(
        request
        for sample in SAMPLES
        for request in (
            _upload(sample.name, sample.name),
            Request(f"{sample.name}-stored", address=f"{{{sample.name}.location}}", when={sample.name: 302}),
        )
    ),
    _get("css-afterwards", "/static/app.css"),
)
_ATTACKED = {
    "layout": "flat",
    "static_url": "/static/",
    "debug": "on",
    "media_route": "on",
    "media_root": "uploads",
    "default_storage": "present",
    "login_gate": "off",
    "upload": "none",
}

ATTACKS = (
    _failure(
        "hostile-file-field",
        "Hostile uploads, and a form with a FileField",
        needs=_ATTACKED,
        edits=(Edit("project/forms.py", line=_FORM_FIELD, new="    image = forms.FileField()  # takes everything\n"),),
        then=_ATTACK,
    ),
    _failure("hostile-image-field", "The same uploads, and a form with an ImageField", needs=_ATTACKED, then=_ATTACK),
)

_BUCKET = '''\
"""A stand-in for a bucket: it answers as S3 does in the one point that matters here."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage


class ClientError(Exception):
    """As botocore has it."""


class Bucket(FileSystemStorage):
    """A bucket with "Bucket owner enforced", which allows no access lists."""

    def __init__(self, default_acl=None):
        super().__init__()
        self.default_acl = default_acl

    def _save(self, name, content):
        if self.default_acl:
            raise ClientError(
                "An error occurred (AccessControlListNotSupported) when calling the PutObject operation: "
                "The bucket does not allow ACLs"
            )
        return super()._save(name, content)


class SigningStorage(StaticFilesStorage):
    """Signs each address, as django-storages does by default."""

    def __init__(self, querystring_auth=True):
        super().__init__()
        self.querystring_auth = querystring_auth

    def url(self, name):
        return super().url(name) + ("?X-Amz-Expires=3600&X-Amz-Signature=0123" if self.querystring_auth else "")
'''
_DEFAULT = '{"BACKEND": "django.core.files.storage.FileSystemStorage"}'
_STATICFILES = '{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}'
_TWICE = django_shell(
    "from django.core.files.base import ContentFile\n"
    "from django.core.files.storage import default_storage as storage\n"
    "names = [storage.save('photo.txt', ContentFile(text)) for text in (b'of Ada', b'of Grace')]\n"
    "print('the same name:', names[0] == names[1])\n"
    "print(names[0], 'is', storage.open(names[0]).read().decode())\n"
    "if names[1] != names[0]:  # its name ends in random letters\n"
    "    storage.delete(names[1])"
)


def _default(new: str) -> Edit:
    return Edit(SETTINGS, _DEFAULT, new)


def _staticfiles(new: str) -> Edit:
    return Edit(SETTINGS, _STATICFILES, new)


BUCKET_FILE = Edit("project/storage.py", "", _BUCKET)
PRESENT = {"default_storage": "present"}

BUCKETS = (
    _failure(
        "same-name-overwrites",
        "Two uploads of the same name with allow_overwrite",
        needs=PRESENT,
        edits=(
            _default(
                '{\n        "BACKEND": "django.core.files.storage.FileSystemStorage",\n'
                '        "OPTIONS": {"allow_overwrite": True},  # as django-storages does with file_overwrite\n    }'
            ),
        ),
        first=(_TWICE,),
    ),
    _failure(
        "same-name-kept", "Two uploads of the same name, as Django does by default", needs=PRESENT, first=(_TWICE,)
    ),
    _failure(
        "bucket-with-acl",
        "A stand-in for a bucket without ACLs, and default_acl set",
        needs=PRESENT,
        edits=(
            BUCKET_FILE,
            _default('{"BACKEND": "project.storage.Bucket", "OPTIONS": {"default_acl": "public-read"}}'),
        ),
    ),
    _failure(
        "bucket-without-acl",
        "The same stand-in, and default_acl None",
        needs=PRESENT,
        edits=(BUCKET_FILE, _default('{"BACKEND": "project.storage.Bucket", "OPTIONS": {"default_acl": None}}')),
    ),
    _failure(
        "signed-urls",
        "A stand-in for django-storages, with querystring_auth as it is by default",
        needs={"storage": "plain"},
        edits=(BUCKET_FILE, _staticfiles('{"BACKEND": "project.storage.SigningStorage"}')),
    ),
    _failure(
        "unsigned-urls",
        "The same stand-in with querystring_auth False",
        needs={"storage": "plain"},
        edits=(
            BUCKET_FILE,
            _staticfiles('{"BACKEND": "project.storage.SigningStorage", "OPTIONS": {"querystring_auth": False}}'),
        ),
    ),
)

_PAGE_TEST = """\
from django.test import SimpleTestCase


class PageTest(SimpleTestCase):
    def test_the_page_answers(self):
        self.assertEqual(self.client.get("/").status_code, 200)
"""
_PLAIN_PAGE_TEST = _PAGE_TEST.replace(
    "from django.test import SimpleTestCase\n",
    """\
from django.test import SimpleTestCase, override_settings

PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
""",
).replace("class PageTest", "@override_settings(STORAGES=PLAIN)\nclass PageTest")
_UPLOAD_TEST = """\
from io import BytesIO

from django.test import SimpleTestCase
from PIL import Image


def picture():
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    file.name = "picture.png"
    file.seek(0)
    return file


class UploadTest(SimpleTestCase):
    def test_an_upload_is_stored(self):
        self.assertEqual(self.client.post("/upload/", {"image": picture()}).status_code, 302)
"""
_CLEAN_UPLOAD_TEST = _UPLOAD_TEST.replace(
    "from django.test import SimpleTestCase\n", "from django.test import SimpleTestCase, override_settings\n"
).replace(
    "class UploadTest",
    """\
IN_MEMORY = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@override_settings(STORAGES=IN_MEMORY)
class UploadTest""",
)


def _tests(name: str, title: str, text: str) -> Variation:
    run = Command(argv=("manage.py", "test", "project", "--verbosity", "0"))
    return _failure(
        name, title, needs={"media_root": "uploads"}, edits=(Edit("project/tests.py", "", text),), first=(run,)
    )


TESTING = (
    _tests("page-test", "A test asks for the page", _PAGE_TEST),
    _tests("page-test-plain", "The same test with plain storage", _PLAIN_PAGE_TEST),
    _tests("upload-test", "A test uploads a picture", _UPLOAD_TEST),
    _tests("upload-test-in-memory", "The same test with a storage in memory", _CLEAN_UPLOAD_TEST),
)

FAILURES: tuple[Variation, ...] = (
    *FINDERS,
    *COLLECTING,
    *NAMES,
    *SERVING,
    *MEDIA,
    *UPLOADS,
    *ATTACKS,
    *BUCKETS,
    *TESTING,
)
