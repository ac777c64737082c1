"""The table of all mistakes that which-file knows, shared by its findings, the settings' pages and the symptoms' pages.

`message` and `hint` are texts for string.Template: a finding fills in their `$fields`, a page writes … instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any

LEVELS = {"I": "INFO", "W": "WARNING", "E": "ERROR"}


@dataclass(frozen=True, eq=False)
class Check:
    """One mistake. `id` is `which_file.`, the letter of the level and a number; it never changes its meaning.

    `symptom` is the slug of what people see of the mistake, and `settings` are the settings that it concerns, both by
    the names of their pages. `variants` are the known values of fields, by the setting that each is about.
    """

    id: str
    message: str
    hint: str
    symptom: str | None = None
    settings: tuple[str, ...] = ()
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """Return "INFO", "WARNING" or "ERROR"."""
        return LEVELS[self.id.rpartition(".")[2][0]]

    @property
    def advice(self) -> str:
        """Return the hint with … for what only a project knows."""
        return Template(self.hint).substitute(defaultdict(lambda: "…")) if self.hint != "$cure" else CURES[self.id]

    def outlines(self, setting: str = "") -> Iterator[str]:
        """Yield the message with … for what only a project knows: of each variant, or of that for `setting` alone."""
        known = [self.variants[setting]] if setting in self.variants else list(self.variants.values()) or [{}]
        for fields in known:
            yield Template(self.message).substitute(defaultdict(lambda: "…", fields))


# STORAGES, and the settings that were there before it

NO_DEFAULT_STORAGE = Check(
    "which_file.E001",
    'STORAGES has no "default": every page works and every upload fails with InvalidStorageError.',
    'STORAGES is never merged with Django\'s default. Add "default": {"BACKEND": '
    '"django.core.files.storage.FileSystemStorage"} beside "staticfiles".',
    "no-default-storage",
    ("STORAGES",),
)
STATICFILES_STORAGE_IGNORED = Check(
    "which_file.W002",
    "STATICFILES_STORAGE is set, and Django has ignored it without a word since 5.1.",
    'Delete the line and set STORAGES["staticfiles"] = {"BACKEND": "$value"}, in a STORAGES that has both "default" '
    'and "staticfiles".',
    "staticfiles-storage-ignored",
    ("STORAGES", "STATICFILES_STORAGE"),
)
DEFAULT_FILE_STORAGE_IGNORED = Check(
    "which_file.W003",
    "DEFAULT_FILE_STORAGE is set, and Django has ignored it without a word since 5.1.",
    'Delete the line and set STORAGES["default"] = {"BACKEND": "$value"}, in a STORAGES that has both "default" and '
    '"staticfiles".',
    "staticfiles-storage-ignored",
    ("STORAGES", "DEFAULT_FILE_STORAGE"),
)
STORAGE_WITHOUT_BACKEND = Check(
    "which_file.E004",
    'STORAGES["$alias"] has no "BACKEND": its first use fails.',
    'Write STORAGES["$alias"] = {"BACKEND": "dotted.path.of.a.StorageClass"}; further arguments go under "OPTIONS".',
    "no-default-storage",
    ("STORAGES",),
)
STORAGE_NOT_THERE = Check(
    "which_file.E005",
    "$setting names $backend, $missing: its first use fails.",
    "Correct the dotted path, or install the package that it belongs to.",
    "no-default-storage",
    ("STORAGES",),
    {"STORAGES": {"setting": 'STORAGES["…"]'}},
)
UPLOAD_STORAGE_FOR_STATIC = Check(
    "which_file.E006",
    'STORAGES["staticfiles"] is FileSystemStorage, which is for uploads: collectstatic writes to MEDIA_ROOT.',
    "Use django.contrib.staticfiles.storage.StaticFilesStorage or one of the hashing storages.",
    "files-land-elsewhere",
    ("STORAGES", "MEDIA_ROOT"),
)
STATIC_STORAGE_FOR_UPLOADS = Check(
    "which_file.E007",
    'STORAGES["default"] is a storage for static files: uploads land in STATIC_ROOT, beside the CSS.',
    "Use django.core.files.storage.FileSystemStorage for uploads.",
    "private-files-public",
    ("STATIC_ROOT", "STORAGES"),
)
STATIC_ADDRESSES_SIGNED = Check(
    "which_file.W008",
    "The addresses of static files on S3 are signed and expire, so nobody may cache them.",
    'Set "querystring_auth": False in OPTIONS of STORAGES["staticfiles"] and let the bucket be read by all.',
    "signed-static-urls",
    ("STORAGES",),
)
ONE_BUCKET = Check(
    "which_file.E009",
    "Uploads and static files share one bucket and one location: an upload can replace a static file.",
    'Give each a bucket, or at least a "location" of its own in OPTIONS.',
    "s3-overwrites",
    ("STORAGES-default-OPTIONS",),
)

# The order of MIDDLEWARE and INSTALLED_APPS

WHITENOISE_ABOVE_SECURITY = Check(
    "which_file.W010",
    "WhiteNoise stands above SecurityMiddleware: static files lose nosniff, HSTS and the redirect to HTTPS.",
    "Move WhiteNoise to the line right below SecurityMiddleware.",
    "whitenoise-above-security",
    ("MIDDLEWARE",),
)
WHITENOISE_TOO_LOW = Check(
    "which_file.W011",
    "WhiteNoise does not stand right below SecurityMiddleware: $between runs for each file.",
    "Move WhiteNoise to the line right below SecurityMiddleware.",
    "whitenoise-above-security",
    ("MIDDLEWARE",),
)
NOSTATIC_BELOW_STATICFILES = Check(
    "which_file.W012",
    "whitenoise.runserver_nostatic stands below django.contrib.staticfiles, whose runserver wins: in development "
    "WhiteNoise is not in use.",
    'Move "whitenoise.runserver_nostatic" above "django.contrib.staticfiles" in INSTALLED_APPS.',
    "runserver-nostatic-below",
    ("INSTALLED_APPS",),
)
GATE_ABOVE_WHITENOISE = Check(
    "which_file.W013",
    "$gate stands above WhiteNoise and asks for a login before a stylesheet, too: the login page has no CSS.",
    "Move WhiteNoise right below SecurityMiddleware, and $name further down.",
    "css-redirects-to-login",
    ("MIDDLEWARE",),
)
NOSTATIC_WITHOUT_WHITENOISE = Check(
    "which_file.W014",
    "whitenoise.runserver_nostatic turns off runserver's static files, and no WhiteNoise in MIDDLEWARE takes over: all "
    "are 404.",
    'Add "whitenoise.middleware.WhiteNoiseMiddleware" right below SecurityMiddleware, or remove the app.',
    "debug-off-static-404",
    ("MIDDLEWARE",),
)
WHITENOISE_TWICE = Check(
    "which_file.W015",
    "WhiteNoise is in MIDDLEWARE more than once: each reads every static file at start, and only one answers.",
    "Keep the one right below SecurityMiddleware.",
    "whitenoise-above-security",
    ("MIDDLEWARE",),
)
STATICFILES_NOT_INSTALLED = Check(
    "which_file.W016",
    "Static files are in use, and django.contrib.staticfiles is not installed: no collectstatic, none from runserver.",
    'Add "django.contrib.staticfiles" to INSTALLED_APPS.',
    "debug-off-static-404",
    ("INSTALLED_APPS",),
)
WHITENOISE_FOR_DEVELOPMENT = Check(
    "which_file.W017",
    "$setting is on with DEBUG off: WhiteNoise looks for files while it answers, which is for development.",
    "Remove $setting from the production settings; it follows DEBUG by itself.",
    "file-added-after-start",
    ("DEBUG", "WHITENOISE_AUTOREFRESH"),
    {"WHITENOISE_AUTOREFRESH": {"setting": "WHITENOISE_AUTOREFRESH"}},
)

STORAGES_TOO_NEW = Check(
    "which_file.W019",
    "STORAGES is set, and Django reads it since 4.2 only: this is Django $django.",
    "Until you upgrade, write STATICFILES_STORAGE and DEFAULT_FILE_STORAGE.",
    "staticfiles-storage-ignored",
    ("STORAGES",),
)

# Where static and media files are, and their addresses

MEDIA_ROOT_UNSET = Check(
    "which_file.W020",
    "MEDIA_ROOT is not set: uploads land in the folder in which the server was started, beside the code.",
    'Set MEDIA_ROOT = BASE_DIR / "uploads", a folder for nothing but uploads.',
    "uploads-vanish",
    ("MEDIA_ROOT",),
)
MEDIA_IN_STATIC_ROOT = Check(
    "which_file.E021",
    "MEDIA_ROOT is $where STATIC_ROOT: collectstatic --clear deletes every upload, and uploads are served as static "
    "files.",
    'Put them side by side: BASE_DIR / "staticfiles" and BASE_DIR / "uploads".',
    "private-files-public",
    ("STATIC_ROOT", "MEDIA_ROOT"),
)
STATIC_IN_MEDIA_ROOT = Check(
    "which_file.E022",
    "STATIC_ROOT is inside MEDIA_ROOT: an upload can replace a static file.",
    'Put them side by side: BASE_DIR / "staticfiles" and BASE_DIR / "uploads".',
    "private-files-public",
    ("STATIC_ROOT", "MEDIA_ROOT"),
)
MEDIA_ROOT_AMONG_SOURCES = Check(
    "which_file.E023",
    "MEDIA_ROOT overlaps with $folder: uploads are collected, or replace static files.",
    "Give MEDIA_ROOT a folder of its own.",
    "private-files-public",
    ("MEDIA_ROOT",),
)
MEDIA_ROOT_IS_PROJECT = Check(
    "which_file.E024",
    "MEDIA_ROOT is the project's own folder or one above it: a server for it gives away settings, code and database.",
    "Give MEDIA_ROOT a folder of its own, inside the project's or elsewhere.",
    "nginx-alias-traversal",
    ("MEDIA_ROOT",),
)
STATIC_ROOT_IS_PROJECT = Check(
    "which_file.E025",
    "STATIC_ROOT is the project's own folder or one above it: collectstatic --clear deletes the project, and a server "
    "for it gives it away.",
    "Give STATIC_ROOT a folder of its own, inside the project's or elsewhere.",
    "nginx-alias-traversal",
    ("STATIC_ROOT",),
)
STATIC_ROOT_RELATIVE = Check(
    "which_file.W026",
    "STATIC_ROOT is the relative path $path: where files go depends on where a command was started.",
    "Begin it with the project's folder: BASE_DIR / $path.",
    "files-land-elsewhere",
    ("STATIC_ROOT",),
)
MEDIA_ROOT_RELATIVE = Check(
    "which_file.W027",
    "$what is the relative path $path: where files go depends on where a command was started.",
    "Begin it with the project's folder: BASE_DIR / $path.",
    "uploads-vanish",
    ("MEDIA_ROOT", "STORAGES"),
    {"MEDIA_ROOT": {"what": "MEDIA_ROOT"}, "STORAGES": {"what": 'The location of STORAGES["default"]'}},
)
STATIC_ROOT_AMONG_SOURCES = Check(
    "which_file.E028",
    "STATIC_ROOT overlaps with $folder: collectstatic collects its own output, and --clear deletes files that were "
    "written by hand.",
    'Give STATIC_ROOT a folder of its own, such as BASE_DIR / "staticfiles".',
    "dirs-contain-static-root",
    ("STATIC_ROOT",),
)
DATABASE_SERVED = Check(
    "which_file.E029",
    "The database $database is in $root: anyone who knows its name downloads it.",
    "Move the database out of $root.",
    "nginx-alias-traversal",
    ("MEDIA_ROOT", "STATIC_ROOT"),
    {name: {"root": name} for name in ("MEDIA_ROOT", "STATIC_ROOT")},
)
ONE_ADDRESS = Check(
    "which_file.E030",
    "MEDIA_URL and STATIC_URL are both $url: no server can tell uploads from static files.",
    'Give them addresses of their own: STATIC_URL = "static/", MEDIA_URL = "media/".',
    "private-files-public",
    ("STATIC_URL", "MEDIA_URL"),
)
ADDRESS_WITHIN_ANOTHER = Check(
    "which_file.E031",
    "$inner lies within $outer: what answers $url depends on who is asked first.",
    'Give them addresses side by side: STATIC_URL = "static/", MEDIA_URL = "media/".',
    "media-404-in-development",
    ("STATIC_URL", "MEDIA_URL"),
)
STATIC_URL_UNSET = Check(
    "which_file.E033",
    "STATIC_URL is not set: the first page with {% static %} fails with ImproperlyConfigured.",
    'Set STATIC_URL = "static/".',
    "debug-off-static-404",
    ("STATIC_URL",),
)
STATIC_ROOT_UNSET = Check(
    "which_file.W034",
    "STATIC_ROOT is not set, but what is to serve or hash static files needs what collectstatic writes there.",
    'Set STATIC_ROOT = BASE_DIR / "staticfiles" and run collectstatic.',
    "static-root-not-set",
    ("STATIC_ROOT",),
)
WHITENOISE_ROOT_IS_PROJECT = Check(
    "which_file.E035",
    "WHITENOISE_ROOT is the project's folder or one above it: settings, code and database are served.",
    "Give WHITENOISE_ROOT a folder with nothing but robots.txt, favicon.ico and their like.",
    "nginx-alias-traversal",
    ("WHITENOISE_ROOT",),
)
WHITENOISE_ROOT_HAS_UPLOADS = Check(
    "which_file.W036",
    "WHITENOISE_ROOT overlaps with MEDIA_ROOT: files uploaded after the start are 404, and uploads share the site's "
    "origin.",
    "WhiteNoise is not for uploads: let nginx or an object storage serve MEDIA_URL.",
    "file-added-after-start",
    ("MEDIA_URL", "MEDIA_ROOT", "WHITENOISE_ROOT"),
)

# How uploads are written and limited

NO_PERMISSIONS = Check(
    "which_file.W040",
    "FILE_UPLOAD_PERMISSIONS is None: uploads larger than FILE_UPLOAD_MAX_MEMORY_SIZE get 0600, so nginx, running as "
    "another user, answers 403 to the large ones alone.",
    "Remove the line; Django's default is 0o644.",
    "large-uploads-0600",
    ("FILE_UPLOAD_MAX_MEMORY_SIZE", "FILE_UPLOAD_PERMISSIONS"),
)
FILES_WITHOUT_ACCESS = Check(
    "which_file.E041",
    "FILE_UPLOAD_PERMISSIONS is $mode, with which the server itself cannot use what it has stored.",
    "Write an octal number, which begins with 0o in Python, of at least $needed: such as $better.",
    "large-uploads-0600",
    ("FILE_UPLOAD_PERMISSIONS",),
)
FOLDERS_WITHOUT_ACCESS = Check(
    "which_file.E042",
    "FILE_UPLOAD_DIRECTORY_PERMISSIONS is $mode, with which the server itself cannot use what it has stored.",
    "Write an octal number, which begins with 0o in Python, of at least $needed: such as $better.",
    "nginx-403",
    ("FILE_UPLOAD_DIRECTORY_PERMISSIONS",),
)
NO_HANDLERS = Check(
    "which_file.E043",
    "FILE_UPLOAD_HANDLERS is empty: request.FILES stays empty whatever is sent.",
    "Remove the line; Django's two handlers keep small files in memory and large ones on disk.",
    "request-files-empty",
    ("FILE_UPLOAD_HANDLERS",),
)
HANDLER_NOT_THERE = Check(
    "which_file.E044",
    "FILE_UPLOAD_HANDLERS names $handler, whose module is not there: every POST with a file is a 500.",
    "Correct the dotted path.",
    "request-files-empty",
    ("FILE_UPLOAD_HANDLERS",),
)
NO_LIMIT = Check(
    "which_file.W045",
    "$setting is None, which turns the limit off: $harm.",
    "Remove the line for Django's default, or write the number that your forms need.",
    "size-limit-ignored",
    ("DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FILES", "DATA_UPLOAD_MAX_NUMBER_FIELDS"),
    {
        name: {"setting": name, "harm": harm}
        for name, harm in (
            ("DATA_UPLOAD_MAX_MEMORY_SIZE", "a form without files may fill the memory"),
            ("DATA_UPLOAD_MAX_NUMBER_FILES", "one request may bring any number of files"),
            ("DATA_UPLOAD_MAX_NUMBER_FIELDS", "one request may bring any number of fields"),
        )
    },
)

FILES_FOR_ALL = Check(
    "which_file.W046",
    "$setting is $mode: every user of the server may change what visitors have uploaded.",
    "Use $better, Django's usual value, and give nginx the group instead of giving everyone the files.",
    None,
    ("FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_DIRECTORY_PERMISSIONS"),
    {name: {"setting": name} for name in ("FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_DIRECTORY_PERMISSIONS")},
)
ANY_HOST = Check(
    "which_file.W047",
    "ALLOWED_HOSTS has '*' with DEBUG off: absolute addresses of files and pages can be made to name a foreign host.",
    "List the host names of the site.",
    None,
    ("ALLOWED_HOSTS",),
)
UPLOADS_OVERWRITE = Check(
    "which_file.W048",
    "Two uploads of one name: $storage keeps the second alone, because file_overwrite is on.",
    'Set "file_overwrite": False in OPTIONS of STORAGES["default"] (or AWS_S3_FILE_OVERWRITE = False).',
    "s3-overwrites",
    ("STORAGES-default-OPTIONS",),
)
PRIVATE_UNSIGNED = Check(
    "which_file.W049",
    "Uploads are stored with the ACL $acl and their addresses are not signed: each of them answers 403.",
    'Remove "querystring_auth": False so that addresses are signed, or make the files public by a bucket policy.',
    None,
    ("STORAGES-default-OPTIONS",),
)

# What the finders find, and what STATIC_ROOT still has of it

CLASH = Check(
    "which_file.W050",
    "$count static files are called $path: $winner wins, $losers is never served.$more",
    "Move each into a folder with its app's name, as in static/<app>/$path, and ask for it by that name. A clash that "
    "is meant goes into WHICH_FILE_KNOWN_CLASHES.",
    "wrong-css-wins",
    ("STATICFILES_DIRS", "STATICFILES_FINDERS", "INSTALLED_APPS"),
)
NOT_COLLECTED = Check(
    "which_file.W051",
    "$files_are not in STATIC_ROOT, so production answers 404: $names.$also",
    "Run collectstatic --clear, and collectstatic in every deployment.",
    "platform-never-collected",
    ("STATIC_ROOT",),
)
STALE = Check(
    "which_file.W052",
    "$files_are other than in STATIC_ROOT, so production serves the old content: $names.$also",
    "Run collectstatic --clear.",
    "reordered-apps-old-file",
    ("STATIC_ROOT",),
)
WITHOUT_SOURCE = Check(
    "which_file.W053",
    "$files_are in STATIC_ROOT without a source: $names.$also",
    "Run collectstatic --clear, which begins with an empty folder.",
    "deleted-remain-dotfiles-missing",
    ("STATIC_ROOT",),
)
NOTHING_COLLECTED = Check(
    "which_file.I054",
    "Nothing has been collected yet; until then every page with {% static %} answers 500 under these settings.",
    "Run collectstatic before the server starts.",
    "missing-manifest-entry",
    ("STORAGES-staticfiles", "MANIFEST_STRICT"),
)
NO_MANIFEST = Check(
    "which_file.W054",
    "STATIC_ROOT has files but no manifest, because another storage collected them: with DEBUG off every page with "
    "{% static %} answers 500.",
    "Run collectstatic with these settings, before the server starts.",
    "missing-manifest-entry",
    ("STATIC_ROOT", "DEBUG"),
)
FINDERS_FAIL = Check(
    "which_file.E055",
    "The static files finders fail: $error",
    "Correct STATICFILES_FINDERS, STATICFILES_DIRS, STATIC_URL or MEDIA_URL, whichever the message names.",
    "debug-off-static-404",
    ("STATIC_URL", "STATICFILES_DIRS", "STATICFILES_FINDERS", "MEDIA_URL"),
)

COLLECTING_FAILS = Check(
    "which_file.E056",
    "collectstatic fails with $storage: $reason",
    "$cure",
    "file-named-in-css-missing",
    ("STORAGES-staticfiles", "STATIC_ROOT"),
)
CSS_NAMES_MISSING = Check(
    "which_file.W057",
    "$source asks for $target, and no such file is among the static files$near.",
    "Correct the address, or add the file. A hashed storage stops collectstatic at it.",
    "file-named-in-css-missing",
    ("STORAGES-staticfiles",),
)
FILE_NOT_IN_GIT = Check(
    "which_file.W059",
    "$files_are swallowed by $rule of $ignore, so no server ever gets them: $names.",
    "Exempt the folder with a line that begins with !, or narrow the pattern with a slash in front.",
    "files-not-in-git",
    ("STATICFILES_DIRS",),
)

# How templates name static files, and the project's URLs

LEADING_SLASH = Check(
    "which_file.W060",
    "The path in {% static '$path' %} begins with a slash, and hashed storages do not find it.",
    "Write {% static '$better' %}.",
    "leading-slash-in-static-tag",
    ("STORAGES-staticfiles", "MANIFEST_STRICT"),
)
HARD_CODED = Check(
    "which_file.W061",
    "$url is written out, so it misses the hashed name and any other STATIC_URL$more.",
    "Use {% load static %} and {% static '…' %}.",
    "leading-slash-in-static-tag",
    ("STATIC_URL",),
)
QUERY_STRING = Check(
    "which_file.W062",
    "{% static '$path' %} has a query string, which plain storage escapes to part of the name.",
    "Leave it out; a hashed storage makes a new name for each content.",
    "stale-css-in-development",
)
NO_SUCH_FILE = Check(
    "which_file.W063",
    "No finder knows the file of {% static '$path' %}$near; DEBUG hides that until production$more.",
    "$cure",
    "debug-hides-missing-file",
    ("DEBUG",),
)
FOLDER_NOT_LISTED = Check(
    "which_file.W064",
    "No finder looks into $folder, and $files there: $names.",
    "$cure",
    "first-static-folder-404",
    ("STATICFILES_DIRS",),
)
HARD_CODED_ELSEWHERE = Check(
    "which_file.W065",
    "$url is written out$more: the hashed name is not used, and another STATIC_URL or MEDIA_URL breaks it.",
    "$cure",
    None,
    ("STATIC_URL", "MEDIA_URL"),
)
STATIC_URL_JOINED = Check(
    "which_file.W066",
    "{{ STATIC_URL }} is put before a name: the hashed name is not used$more.",
    "Write {% load static %} and {% static '$path' %}.",
    None,
    ("STATIC_URL",),
)
MEDIA_JOINED = Check(
    "which_file.W067",
    "$url is put before a file's name: only the storage knows the address, and with another MEDIA_URL or a bucket this "
    "is a 404.",
    "Write the field's own address: {{ object.field.url }}.",
    None,
    ("MEDIA_URL",),
)
LOAD_FORGOTTEN = Check(
    "which_file.E068",
    "The template uses {% static %} without {% load static %}: TemplateSyntaxError.",
    "Write {% load static %} at the top (below {% extends %}); a parent's {% load %} does not count.",
    "invalid-block-tag-static",
)
NO_ENCTYPE = Check(
    "which_file.E069",
    'The form has a file field and no enctype="multipart/form-data": the browser sends the name and not the file.',
    'Write <form method="post" enctype="multipart/form-data">.',
    "request-files-empty",
)
NO_MEDIA_ROUTE = Check(
    "which_file.I070",
    "No URL pattern answers $url: in development every upload is a 404.",
    "Add static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT) to urlpatterns.",
    "media-404-in-development",
    ("MEDIA_URL", "MEDIA_ROOT"),
)
NO_MEDIA_ROUTE_FOR_FIELDS = Check(
    "which_file.W070",
    "No URL pattern answers $url: in development every upload ($fields) is a 404.",
    "Add static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT) to urlpatterns.",
    "media-404-in-development",
    ("MEDIA_URL", "MEDIA_ROOT"),
)
URLS_FAIL = Check(
    "which_file.E071",
    "The URL configuration fails: $error",
    "Correct the module that the message names.",
)

# Who serves it: which_file.serving looks, for DEBUG as it is and for DEBUG off

NOBODY_SERVES_STATIC = Check(
    "which_file.W072",
    "With DEBUG off nothing serves $url: $reason.",
    "$cure",
    "debug-off-static-404",
    ("STATIC_ROOT", "DEBUG", "MIDDLEWARE"),
)
NOBODY_SERVES_MEDIA = Check(
    "which_file.W073",
    "With DEBUG off nothing serves $url, and uploads are kept there ($fields): every one of them is a 404.",
    "Let nginx (location $url { alias …/; }) or your platform serve MEDIA_ROOT, or keep uploads in a bucket "
    '(django-storages in STORAGES["default"]). static() in urls.py adds nothing with DEBUG off.',
    "media-404-in-production",
    ("MEDIA_URL", "MEDIA_ROOT", "DEBUG"),
)
EMPTY_STATIC_ROOT = Check(
    "which_file.W074",
    "$server serves STATIC_ROOT, and $state: every static file is a 404.",
    "Run python manage.py collectstatic --noinput in every deployment, before the server starts.",
    "no-directory-at",
    ("STATIC_ROOT",),
)
PROJECT_SERVED = Check(
    "which_file.E075",
    "The route for MEDIA_URL serves $folder, with settings, code and database.",
    'Set MEDIA_URL = "media/" and MEDIA_ROOT = BASE_DIR / "uploads".',
    "media-url-unset-serves-the-project",
    ("MEDIA_URL", "MEDIA_ROOT"),
)
FILES_NOT_PASSED = Check(
    "which_file.E076",
    "$form has a file field and gets request.POST without request.FILES: it says that the file is missing.",
    "Write $form(request.POST, request.FILES).",
    "request-files-empty",
)

# Files for the deployment: nginx, images, platforms

ALIAS_WITHOUT_SLASH = Check(
    "which_file.W080",
    "location $location and its alias $alias do not both end with a slash: nginx $harm.",
    "Write location $better { alias $fixed; }.",
    "nginx-alias-without-slash",
    ("STATIC_ROOT", "MEDIA_ROOT"),
)
NGINX_SERVES_SOURCES = Check(
    "which_file.W081",
    "nginx serves $alias, a source folder: files of apps and of the admin are 404, and hashed names are too.",
    "Name STATIC_ROOT ($root), where collectstatic puts all of them.",
    "nginx-alias-on-the-source-folder",
    ("STATIC_ROOT", "STATICFILES_DIRS"),
)
NGINX_WITHOUT_TYPES = Check(
    "which_file.W082",
    "The http block has no include mime.types: stylesheets arrive as text/plain, and browsers refuse them.",
    "Write include /etc/nginx/mime.types; in it.",
    "nginx-without-mime-types",
)
RUNSERVER_DEPLOYED = Check(
    "which_file.W083",
    "Production is started with runserver: with DEBUG off it serves no static files, and it is not fit for the public.",
    "Start gunicorn (or uvicorn, granian), and let WhiteNoise or nginx serve static files.",
    "debug-off-static-404",
    ("DEBUG",),
)
NOBODY_COLLECTS = Check(
    "which_file.W084",
    "$file deploys the project, and nothing in it runs collectstatic: STATIC_ROOT stays empty.",
    "$cure",
    "platform-never-collected",
    ("STATIC_ROOT",),
)
DISK_VANISHES = Check(
    "which_file.W085",
    "Uploads land on the disk of $platform, which is emptied at each deployment and restart.",
    "Keep them in a bucket (django-storages), or $disk.",
    "uploads-vanish",
    ("MEDIA_ROOT",),
)
SECRET_IN_IMAGE = Check(
    "which_file.W086",
    "$name is written into the image: anyone who can pull it has the secret.",
    "Give it to the container when it starts; for collectstatic a value of that one RUN line is enough.",
    "build-needs-secret-key",
)
VOLUME_HIDES = Check(
    "which_file.W087",
    "A volume is mounted over $folder, where the image has its collected files: the first release's files stay.",
    "Run collectstatic when the container starts, or mount no volume there.",
    "volume-masks-image",
    ("STATIC_ROOT",),
)
BUILD_LACKS_VALUES = Check(
    "which_file.W088",
    "collectstatic runs while the image is built, where $names is not set: the build fails.",
    "Set a stand-in on that line: RUN $assignment python manage.py collectstatic --noinput.",
    "build-needs-secret-key",
)
HEADERS_DROPPED = Check(
    "which_file.W089",
    "location $location has add_header, so it drops those of the server block: $names.",
    "Repeat them in the location.",
    "add-header-drops-inherited",
)


def _checks_above() -> tuple[Check, ...]:
    return tuple(value for value in globals().values() if isinstance(value, Check))


MISTAKES = _checks_above()

# Why another project could not be examined

NO_FOLDER = Check(
    "which_file.E090",
    "There is no folder $folder.",
    "Give the folder with manage.py.",
)
NO_SETTINGS = Check(
    "which_file.E091",
    "There is no settings module: $reason.",
    "Give its dotted name, seen from the folder of manage.py: --settings $module.",
)
PYTHON_DOES_NOT_START = Check(
    "which_file.E092",
    "$python does not start: $error.",
    "--python takes the path of a Python, as in .venv/bin/python.",
)
TOO_SLOW = Check(
    "which_file.E093",
    "The project did not finish loading within $seconds seconds, and was stopped.",
    "Look for what waits in its settings or apps: a network, a database, an input().",
)
DOES_NOT_START = Check(
    "which_file.E094",
    "The project does not start: $reason",
    "See what `python manage.py check` says in that folder.",
)
NO_DJANGO = Check(
    "which_file.E095",
    "This Python has no Django.",
    "Use the Python in which the project's requirements are installed: --python $python",
)
PACKAGE_MISSING = Check(
    "which_file.E096",
    "A module is missing: $reason",
    "Use the Python in which the project's requirements are installed: --python $python",
)
SYNTAX_ERROR = Check(
    "which_file.E097",
    "The project is no valid Python: $reason",
    "Correct that line; nothing else can be said before the project loads.",
)
VALUE_MISSING = Check(
    "which_file.E098",
    "The settings lack a value: $reason",
    "If that is an environment variable, set it for this command as for the server.",
)
EXAMINATION_FAILED = Check(
    "which_file.E099",
    "The examination itself failed: $reason",
    "`python manage.py check` may say more.",
)
VARIABLES_MISSING = Check(
    "which_file.I100",
    "$names $are not set here; the settings were examined with stand-ins.",
    "For the real values give --env-file FILE, or set them for this command as for the server.",
    "build-needs-secret-key",
)
MODULE_NOT_EXAMINED = Check(
    "which_file.I101",
    "$module could not be examined: $reason",
    "Name what it needs with --env-file and --python, or choose modules with --settings.",
)
TRIAL_CUT = Check(
    "which_file.I102",
    "The trial collectstatic was not finished within $seconds seconds.",
    "Give it more time: --seconds.",
)
BUCKET_BY_CONDITION = Check(
    "which_file.I105",
    "With the values here uploads stay on the disk; under another condition the settings keep them in a bucket "
    "($backend).",
    "For the answer of production give its variables: --env-file FILE.",
    None,
    ("STORAGES",),
)
OLD_DJANGO = Check(
    "which_file.E103",
    "This project runs on $what; which-file needs Python 3.8 or newer and Django 3.2 or newer.",
    "Upgrade first: older versions get no security fixes.",
)
NO_PROJECT = Check(
    "which_file.E104",
    "There is no manage.py in $folder.",
    "Give the folder of your project: which-file FOLDER; or its settings: which-file FOLDER --settings $module",
)

# What templates, code and deploy files get wrong in one line

OLD_LOAD = Check(
    "which_file.E110",
    "{% load $library %} names a library that Django 3.0 removed: TemplateSyntaxError.",
    "Write {% load static %}.",
    "staticfiles-not-registered-tag-library",
)
STATIC_TAG_FOR_UPLOAD = Check(
    "which_file.W111",
    "{% static $variable %} puts STATIC_URL before the address of an upload: 404.",
    "Write {{ $variable }}: the field knows its address.",
    "static-tag-with-a-variable",
    ("STATIC_URL", "MEDIA_URL"),
)
BRACES_IN_TAG = Check(
    "which_file.W112",
    "{% static '$path' %} has braces in its quotes: Django takes them as letters of the file's name.",
    "Put the path together first: {% with 'shop/'|add:name as path %}{% static path %}{% endwith %}.",
    "static-tag-with-a-variable",
)
FIELD_WITHOUT_URL = Check(
    "which_file.W113",
    "{{ $variable }} is the name of an upload in its storage, which a browser looks for beside the page: 404.",
    "Write {{ ${variable}.url }}, within {% if $variable %} where it may be empty.",
    "image-without-url",
    ("MEDIA_URL",),
)
RELATIVE_ADDRESS = Check(
    "which_file.W114",
    "$url has no {% static %}: a browser looks for it beside the page, where no static file is$more.",
    "Write {% static '$path' %}, below {% load static %}.",
    "relative-href-without-the-tag",
    ("STATIC_URL",),
)
CSS_NAMES_ANOTHER_ROOT = Check(
    "which_file.W115",
    "$source asks for $target, which no URL of the site answers; there is $near below STATIC_URL.",
    "Write an address relative to the stylesheet: url($better).",
    "file-named-in-css-missing",
    ("STATIC_URL",),
)
DEBUG_IS_TEXT = Check(
    "which_file.W116",
    "DEBUG is a text from the environment, and every text but an empty one is true: DEBUG=False turns it on.",
    'Compare it: DEBUG = os.environ.get("DEBUG") == "1".',
    "debug-false-string-is-true",
    ("DEBUG",),
)
MEDIA_ROUTE_ELSEWHERE = Check(
    "which_file.E117",
    "The route for $url serves $root: no upload is there.",
    "Write static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT).",
    "media-404-in-development",
    ("MEDIA_URL", "MEDIA_ROOT"),
)
CATCH_ALL_ANSWERS_MEDIA = Check(
    "which_file.E118",
    "The pattern $route answers $url with a page before any route for uploads.",
    "Put static(settings.MEDIA_URL, …) above that pattern, or leave $url out of it: (?!media/).",
    "spa-catch-all-swallows-static",
    ("MEDIA_URL",),
)
STATIC_ROOT_HAS_SOURCES = Check(
    "which_file.W133",
    "STATIC_ROOT is $folder, where your own files lie: runserver does not look there, and a collectstatic --clear "
    "deletes them.",
    'Write STATIC_ROOT = BASE_DIR / "staticfiles" and STATICFILES_DIRS = [BASE_DIR / $name].',
    "static-root-and-dirs-swapped",
    ("STATIC_ROOT", "STATICFILES_DIRS"),
)
ALL_IN_MEMORY = Check(
    "which_file.W119",
    "FILE_UPLOAD_MAX_MEMORY_SIZE is $size: uploads up to that size are held in memory, and larger ones are not "
    "refused.",
    "Leave the default of 2.5 MB, and refuse large files in the form and in the web server.",
    "size-limit-ignored",
    ("FILE_UPLOAD_MAX_MEMORY_SIZE",),
)
ROOT_OF_THE_MACHINE = Check(
    "which_file.W120",
    "$setting is $path, a folder at the root of the disk, and not in the project: a path was taken for an address.",
    "Write $setting = BASE_DIR / $name.",
    "base-dir-one-too-high",
    ("MEDIA_ROOT", "STATIC_ROOT"),
    {
        "MEDIA_ROOT": {"setting": "MEDIA_ROOT", "path": "/media"},
        "STATIC_ROOT": {"setting": "STATIC_ROOT", "path": "/static"},
    },
)
NO_LIST_OF_FOLDERS = Check(
    "which_file.E132",
    "STATICFILES_DIRS is one folder, and Django needs a list of them: runserver and collectstatic fail.",
    "Write square brackets around it: STATICFILES_DIRS = [$value].",
    "first-static-folder-404",
    ("STATICFILES_DIRS",),
)
NO_APP_FINDER = Check(
    "which_file.E121",
    "STATICFILES_FINDERS has no AppDirectoriesFinder: the static files of $apps are not found.",
    'Add "django.contrib.staticfiles.finders.AppDirectoriesFinder".',
    "first-static-folder-404",
    ("STATICFILES_FINDERS",),
)
BIND_MOUNT_HIDES = Check(
    "which_file.W123",
    "$source:$target lays the code over what the image collected: STATIC_ROOT is empty in the container.",
    "Keep that line for development, with runserver; or run collectstatic when the container starts.",
    "bind-mount-hides-collected-files",
    ("STATIC_ROOT",),
)
ROOT_DOUBLED = Check(
    "which_file.W124",
    "location $location with root looks in $folder: nginx puts the whole address behind root.",
    "Write alias $better in place of root, or root $above.",
    "nginx-open-no-such-file",
    ("STATIC_ROOT", "MEDIA_ROOT"),
)
ALIAS_NOT_MOUNTED = Check(
    "which_file.W125",
    "nginx looks in $folder, and $compose mounts nothing there into $service: 404.",
    "Let alias and the volume's target be one path.",
    "nginx-open-no-such-file",
    ("STATIC_ROOT", "MEDIA_ROOT"),
)
NO_BODY_SIZE = Check(
    "which_file.W126",
    "nginx refuses uploads over 1 MB with 413: nothing sets client_max_body_size, and there are file fields ($fields).",
    "Write client_max_body_size 10m; in server { … }, with your own limit.",
    "nginx-413",
    ("MEDIA_ROOT",),
)
USER_MAY_NOT_WRITE = Check(
    "which_file.W127",
    "The image runs as $user, and $folder belongs to root: $what fails with PermissionError.",
    "Above USER write RUN mkdir -p $folder && chown $user $folder.",
    "static-root-permission-denied",
    ("STATIC_ROOT", "MEDIA_ROOT"),
)
PATH_OF_REMOTE = Check(
    "which_file.E128",
    "${variable}.path asks for a file on this disk, and uploads are in $storage: NotImplementedError.",
    "Open it through the storage: with ${variable}.open() as file.",
    "no-absolute-paths",
    ("STORAGES",),
)
ADMIN_THEME_BELOW = Check(
    "which_file.W134",
    "$theme stands below django.contrib.admin in INSTALLED_APPS: the admin's own files and templates win.",
    'Move "$theme" above "django.contrib.admin".',
    "admin-theme-order",
    ("INSTALLED_APPS",),
)
NO_HOSTS = Check(
    "which_file.E135",
    "DEBUG is off and ALLOWED_HOSTS is empty: runserver does not start, and every page answers 400.",
    'Write ALLOWED_HOSTS = ["example.org"], with the names of your site.',
    "allowed-hosts-empty",
    ("ALLOWED_HOSTS", "DEBUG"),
)
BOUNDARY_MISSING = Check(
    "which_file.E136",
    "fetch() sends Content-Type: multipart/form-data without its boundary: Django answers 400.",
    "Delete that header: with a FormData as body the browser writes it, boundary and all.",
    "invalid-boundary",
)
ADDRESS_OF_NO_FILE = Check(
    "which_file.W137",
    "{{ ${variable}.url }} fails with ValueError on a row without a file, which blank=True allows.",
    "Put it within {% if $variable %} … {% endif %}.",
    "no-file-associated",
)
WORKER_SCOPE = Check(
    "which_file.W138",
    "A service worker below $url controls the pages below it alone, and no other page of the site.",
    "Serve the worker at /sw.js: by a view, or as a file of WHITENOISE_ROOT.",
    "service-worker-scope",
    ("WHITENOISE_ROOT",),
)
OUTSIDE_OF_THE_SUB_PATH = Check(
    "which_file.W139",
    "The site is at $prefix, and $setting $url begins with a slash: its files are asked for outside of $prefix.",
    'Write $setting = "$better", without a slash in front: Django puts the prefix before it.',
    "site-under-a-sub-path",
    ("STATIC_URL", "MEDIA_URL", "FORCE_SCRIPT_NAME"),
    {
        "STATIC_URL": {"setting": "STATIC_URL", "url": "/static/", "better": "static/"},
        "MEDIA_URL": {"setting": "MEDIA_URL", "url": "/media/", "better": "media/"},
    },
)
VITE_MANIFEST_HIDDEN = Check(
    "which_file.W140",
    "$file is not collected, because its folder begins with a dot, and the server looks for it in STATIC_ROOT.",
    'Write build: { manifest: "manifest.json" } in vite.config.js, or read the manifest from the source folder.',
    "vite-manifest-not-collected",
    ("STATICFILES_DIRS",),
)
STORAGE_IN_MIGRATION = Check(
    "which_file.W129",
    "$field has a storage with a location of its own: makemigrations writes that path into a migration.",
    "Give the field a function that returns the storage: storage=private_storage.",
    "storage-in-migrations",
    ("STORAGES",),
)
UPLOAD_TO_NONE = Check(
    "which_file.W130",
    "upload_to of $field uses instance.$name, which is None until the row is saved: files land in None/.",
    "Use a value that is there before, such as uuid.uuid4().",
    "upload-to-none",
    ("MEDIA_ROOT",),
)
ANTIALIAS_GONE = Check(
    "which_file.E131",
    "Image.ANTIALIAS was removed in Pillow 10: AttributeError.",
    "Write Image.Resampling.LANCZOS.",
    "image-antialias-gone",
)

CHECKS = tuple(sorted(_checks_above(), key=lambda check: check.id[-3:]))
NOT_EXAMINED: tuple[Check, ...] = (
    NO_FOLDER,
    NO_SETTINGS,
    PYTHON_DOES_NOT_START,
    TOO_SLOW,
    DOES_NOT_START,
    NO_DJANGO,
    PACKAGE_MISSING,
)
NOT_EXAMINED += (SYNTAX_ERROR, VALUE_MISSING, EXAMINATION_FAILED, OLD_DJANGO, NO_PROJECT)


# For a page: what the hints say that depend on the project.
CURES = {
    NO_SUCH_FILE.id: "Correct the path (upper and lower case count), or add the file.",
    COLLECTING_FAILS.id: "Correct the address in that file, or add the file that it asks for.",
    FOLDER_NOT_LISTED.id: "Add the folder to STATICFILES_DIRS, or the app to INSTALLED_APPS.",
    HARD_CODED_ELSEWHERE.id: "Hand a script the address through the page; in Python use static() or the field's url.",
    NOBODY_SERVES_STATIC.id: "Set STATIC_ROOT and add WhiteNoise below SecurityMiddleware, let nginx serve it, or "
    "send static files to a bucket; run collectstatic in every deployment.",
    NOBODY_COLLECTS.id: "Run python manage.py collectstatic --noinput in the image or before the server starts.",
}


def by_id(id_: str) -> Check | None:
    """The check with that id, written whole or short (W072, which_file.W072)."""
    wanted = id_.rpartition(".")[2].upper()
    return next((check for check in CHECKS if check.id.rpartition(".")[2] == wanted), None)


def about_setting(name: str) -> list[tuple[str, str]]:
    """Return id and outline of each mistake that concerns the setting with a page of this name."""
    return [(check.id, text) for check in CHECKS if name in check.settings for text in check.outlines(name)]


def about_symptom(slug: str) -> list[tuple[str, str]]:
    """Return id and outline of each mistake that people notice by this symptom."""
    return [(check.id, text) for check in CHECKS if check.symptom == slug for text in check.outlines()]
