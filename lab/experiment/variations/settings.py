"""Variations that set one setting, so that its page can show what it does."""

from lab.experiment.variation import Action, Ask, Edit, Run, Send, Variation, Write, shell

SETTINGS = "project/settings.py"
_BELOW = 'MEDIA_URL = "/media/"'
WHITENOISE = {"server": "gunicorn", "debug": "off", "whitenoise": "after-security"}

# A request with one file of 2,000 bytes, put to Django's own parser; then one of three files and of three fields.
_PARSED = """\
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.test import RequestFactory


def parsed(**data):
    request = RequestFactory().post("/", data)
    try:
        return {name: type(file).__name__ for name, file in request.FILES.items()}, len(request.POST)
    except Exception as error:
        return type(error).__name__


print("file:", parsed(a=File("a.txt", b"x" * 2000)))
print("text:", parsed(a="x" * 2000))
print("files:", parsed(a=File("a.txt", b"x"), b=File("b.txt", b"x"), c=File("c.txt", b"x")))
print("fields:", parsed(a="x", b="x", c="x"))
"""
PARSE = shell(_PARSED)
URL_OF_NO_FILE = shell(
    "from django.contrib.staticfiles.storage import staticfiles_storage; print(staticfiles_storage.url('none.css'))"
)
COLLECT = Run(("manage.py", "collectstatic", "--noinput", "--ignore", "admin"))
MODE = shell(
    "import os; from django.conf import settings; print(oct(os.stat(settings.STATIC_ROOT / 'app.css').st_mode & 0o777))"
)
URL_OF_A_LATE_FILE = shell(
    "from django.contrib.staticfiles.storage import staticfiles_storage; print(staticfiles_storage.url('late.css'))"
)


def _setting(
    name: str,
    title: str,
    lines: str = "",
    *more: Edit,
    needs: dict[str, str] | None = None,
    first: tuple[Action, ...] = (),
    then: tuple[Action, ...] = (),
) -> Variation:
    """`lines` come right above MEDIA_URL; without them the variation only does what its counterpart does."""
    edits = (Edit(SETTINGS, _BELOW, f"{lines}\n\n{_BELOW}"),) if lines else ()
    return Variation(name, title, needs or {}, (*edits, *more), first, then)


_FOLDER = Edit("app1/static/manual/index.html", "", "<!doctype html><title>A folder's own page</title>\n")
_TRACK = Edit("app1/static/walk.gpx", "", "<gpx/>\n")
_ROBOTS = Edit("at_the_root/robots.txt", "", "User-agent: *\n")
_PREFIXES = Edit(
    "templates/page.html",
    "{% block content %}\n",
    "{% block content %}\n    <p>static: {{ STATIC_URL }} media: {{ MEDIA_URL }}</p>\n",
)
_COLLECTED = {**WHITENOISE, "collect": "yes"}

SETTING_VARIATIONS: tuple[Variation, ...] = (
    _setting(
        "use-finders",
        "WHITENOISE_USE_FINDERS = True",
        "WHITENOISE_USE_FINDERS = True  # serves from the source folders",
        needs=WHITENOISE,
    ),
    _setting(
        "max-age",
        "WHITENOISE_MAX_AGE = 3600",
        "WHITENOISE_MAX_AGE = 3600  # seconds, for names without a hash",
        needs=WHITENOISE,
    ),
    _setting(
        "folder-asked",
        "A folder’s address is asked for",
        "",
        _FOLDER,
        needs=_COLLECTED,
        then=(Ask("folder", "/static/manual/"),),
    ),
    _setting(
        "index-file",
        "WHITENOISE_INDEX_FILE = True, and a folder’s address is asked for",
        "WHITENOISE_INDEX_FILE = True  # a folder's address gives its index.html",
        _FOLDER,
        needs=_COLLECTED,
        then=(Ask("folder", "/static/manual/"),),
    ),
    _setting(
        "unknown-type",
        "A file of an uncommon type is asked for",
        "",
        _TRACK,
        needs=_COLLECTED,
        then=(Ask("track", "/static/walk.gpx"),),
    ),
    _setting(
        "mimetypes",
        "WHITENOISE_MIMETYPES for that type",
        'WHITENOISE_MIMETYPES = {".gpx": "application/x-of-our-own"}  # goes before WhiteNoise\'s own list',
        _TRACK,
        needs=_COLLECTED,
        then=(Ask("track", "/static/walk.gpx"),),
    ),
    _setting(
        "charset",
        'WHITENOISE_CHARSET = "latin-1"',
        'WHITENOISE_CHARSET = "latin-1"  # stands in the Content-Type',
        needs=WHITENOISE,
    ),
    _setting(
        "origins-off",
        "WHITENOISE_ALLOW_ALL_ORIGINS = False",
        "WHITENOISE_ALLOW_ALL_ORIGINS = False  # no Access-Control-Allow-Origin",
        needs=WHITENOISE,
    ),
    _setting(
        "skip-css",
        'WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css"]',
        'WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css"]  # no .gz and no .br for these',
        needs={"storage": "whitenoise"},
    ),
    _setting(
        "headers-function",
        "WHITENOISE_ADD_HEADERS_FUNCTION",
        "def add_headers(headers, path, url):  # called once for each file\n"
        '    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # sent with it\n\n\n'
        "WHITENOISE_ADD_HEADERS_FUNCTION = add_headers  # the function itself, not its name",
        needs=WHITENOISE,
    ),
    _setting(
        "immutable-css",
        "WHITENOISE_IMMUTABLE_FILE_TEST for every stylesheet",
        'WHITENOISE_IMMUTABLE_FILE_TEST = r"\\.css$"  # what it fits is kept for ever',
        needs=WHITENOISE,
    ),
    _setting(
        "static-prefix",
        'WHITENOISE_STATIC_PREFIX = "/files/"',
        'WHITENOISE_STATIC_PREFIX = "/files/"  # where WhiteNoise serves; pages still name STATIC_URL',
        needs={**WHITENOISE, "layout": "flat"},
        then=(Ask("moved", "/files/app.css"),),
    ),
    _setting(
        "only-hashed",
        "WHITENOISE_KEEP_ONLY_HASHED_FILES = True",
        "WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # collectstatic deletes the plain names",
        needs={"storage": "whitenoise-manifest"},
    ),
    _setting(
        "manifest-strict",
        "A file that came into STATIC_ROOT after the manifest was written",
        needs={"storage": "whitenoise-manifest", "debug": "off", "collect": "no"},
        first=(COLLECT, Write("staticfiles/late.css", "p {}\n"), URL_OF_A_LATE_FILE),
    ),
    _setting(
        "manifest-not-strict",
        "The same with WHITENOISE_MANIFEST_STRICT = False",
        "WHITENOISE_MANIFEST_STRICT = False  # names that the manifest lacks are hashed when asked for",
        needs={"storage": "whitenoise-manifest", "debug": "off", "collect": "no"},
        first=(COLLECT, Write("staticfiles/late.css", "p {}\n"), URL_OF_A_LATE_FILE),
    ),
    _setting(
        "manifest-not-strict-missing",
        "WHITENOISE_MANIFEST_STRICT = False, and a name that no file has",
        "WHITENOISE_MANIFEST_STRICT = False  # names that the manifest lacks are hashed when asked for",
        needs={"storage": "whitenoise-manifest", "debug": "off", "collect": "no"},
        first=(COLLECT, URL_OF_NO_FILE),
    ),
    _setting(
        "login-required",
        "Django’s LoginRequiredMiddleware above WhiteNoise, and the stylesheet is asked for",
        'LOGIN_URL = "/login/"',
        Edit(
            SETTINGS,
            '    "django.contrib.messages.middleware.MessageMiddleware",\n',
            '    "django.contrib.auth.middleware.LoginRequiredMiddleware",\n'
            '    "django.contrib.messages.middleware.MessageMiddleware",\n',
        ),
        needs={**_COLLECTED, "whitenoise": "last"},
        then=(Ask("stylesheet", "/static/app.css"),),
    ),
    _setting(
        "robots-asked", "/robots.txt is asked for", "", _ROBOTS, needs=WHITENOISE, then=(Ask("robots", "/robots.txt"),)
    ),
    _setting(
        "root-of-the-site",
        "WHITENOISE_ROOT, and /robots.txt is asked for",
        'WHITENOISE_ROOT = BASE_DIR / "at_the_root"  # its files are served at /',
        _ROBOTS,
        needs=WHITENOISE,
        then=(Ask("robots", "/robots.txt"),),
    ),
    _setting(
        "location-and-base-url",
        "The default storage with location and base_url",
        "",
        Edit(
            SETTINGS,
            '    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},\n',
            '    "default": {\n        "BACKEND": "django.core.files.storage.FileSystemStorage",\n'
            '        "OPTIONS": {"location": BASE_DIR / "elsewhere", "base_url": "/files/"},  # and no MEDIA_ROOT\n'
            "    },\n",
        ),
        needs={"default_storage": "present", "media_root": "uploads"},
    ),
    _setting(
        "old-default-file-storage",
        "DEFAULT_FILE_STORAGE, which Django 5.1 removed",
        'DEFAULT_FILE_STORAGE = "django.core.files.storage.InMemoryStorage"  # nothing reads it',
    ),
    _setting("parsed", "Requests with files and with fields, as Django parses them", first=(PARSE,)),
    _setting(
        "handlers",
        "FILE_UPLOAD_HANDLERS with TemporaryFileUploadHandler alone",
        'FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]  # always to disk',
        first=(PARSE,),
    ),
    _setting(
        "memory-size",
        "FILE_UPLOAD_MAX_MEMORY_SIZE = 1000",
        "FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # larger files wait on disk",
        first=(PARSE,),
    ),
    _setting(
        "data-size",
        "DATA_UPLOAD_MAX_MEMORY_SIZE = 1000",
        "DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # bytes, files not counted",
        first=(PARSE,),
    ),
    _setting(
        "number-of-files",
        "DATA_UPLOAD_MAX_NUMBER_FILES = 2",
        "DATA_UPLOAD_MAX_NUMBER_FILES = 2  # in one request",
        first=(PARSE,),
    ),
    _setting(
        "number-of-fields",
        "DATA_UPLOAD_MAX_NUMBER_FIELDS = 2",
        "DATA_UPLOAD_MAX_NUMBER_FIELDS = 2  # in one request",
        first=(PARSE,),
    ),
    _setting(
        "temp-dir-missing",
        "FILE_UPLOAD_TEMP_DIR names a folder that is not there",
        'FILE_UPLOAD_TEMP_DIR = BASE_DIR / "nowhere"  # a mistake: there is no such folder',
    ),
    _setting(
        "temp-dir-there",
        "FILE_UPLOAD_TEMP_DIR names a folder that is there",
        'FILE_UPLOAD_TEMP_DIR = BASE_DIR / "app1"  # any folder that is there',
    ),
    _setting("collected-mode", "The mode of a collected file", needs={"collect": "no"}, first=(COLLECT, MODE)),
    _setting(
        "collected-mode-closed",
        "The mode of a collected file with FILE_UPLOAD_PERMISSIONS = 0o600",
        "FILE_UPLOAD_PERMISSIONS = 0o600  # for the owner alone",
        needs={"collect": "no"},
        first=(COLLECT, MODE),
    ),
    _setting("no-context-processors", "STATIC_URL and MEDIA_URL in a template", "", _PREFIXES),
    _setting(
        "context-processors",
        "The context processors static and media",
        "",
        _PREFIXES,
        Edit(
            SETTINGS,
            '                "django.template.context_processors.request",\n',
            '                "django.template.context_processors.request",\n'
            '                "django.template.context_processors.static",  # gives templates STATIC_URL\n'
            '                "django.template.context_processors.media",  # gives templates MEDIA_URL\n',
        ),
    ),
    _setting(
        "nosniff-off", "SECURE_CONTENT_TYPE_NOSNIFF = False", "SECURE_CONTENT_TYPE_NOSNIFF = False  # on by default"
    ),
    _setting("foreign-origin", "A form sent from another origin", then=(Send("form", origin="https://shop.example"),)),
    _setting(
        "trusted-origin",
        "The same with that origin in CSRF_TRUSTED_ORIGINS",
        'CSRF_TRUSTED_ORIGINS = ["https://shop.example"]  # with its scheme',
        then=(Send("form", origin="https://shop.example"),),
    ),
    _setting(
        "other-hosts-only",
        "ALLOWED_HOSTS names another host",
        'ALLOWED_HOSTS = ["shop.example"]  # in place of the list above',
        needs={"debug": "off"},
    ),
    _setting(
        "csp",
        "SECURE_CSP with Django’s middleware for it, where there is one",
        "import django  # only for its version\n\n"
        "if django.VERSION >= (6, 0):  # older ones know neither the setting nor the middleware\n"
        '    MIDDLEWARE = [*MIDDLEWARE, "django.middleware.csp.ContentSecurityPolicyMiddleware"]  # sends it\n'
        'SECURE_CSP = {"default-src": ["\'self\'"]}',
    ),
    _setting(
        "script-name",
        'FORCE_SCRIPT_NAME = "/shop" and a relative STATIC_URL',
        'FORCE_SCRIPT_NAME = "/shop"  # the path under which the site lives',
        Edit(SETTINGS, 'STATIC_URL = "/static/"', 'STATIC_URL = "static/"  # relative: the prefix comes before it'),
        needs={"static_url": "/static/"},
        first=(shell("from django.conf import settings; print(settings.STATIC_URL)"),),
    ),
    _setting(
        "script-name-absolute",
        'FORCE_SCRIPT_NAME = "/shop" and a STATIC_URL that begins with a slash',
        'FORCE_SCRIPT_NAME = "/shop"  # the path under which the site lives',
        needs={"static_url": "/static/"},
        first=(shell("from django.conf import settings; print(settings.STATIC_URL)"),),
    ),
)
