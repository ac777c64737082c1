"""The settings that have a page, as data: what each is for and where its evidence, its symptoms and its checks are.

Nothing that can be read from an installed package or from the settings files stands here: guide.installed and
guide.mode_settings read that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DJANGO_DOCS = "https://docs.djangoproject.com/en/{series}/"
WHITENOISE_DOCS = "https://whitenoise.readthedocs.io/en/stable/django.html"
S3_DOCS = "https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html"


@dataclass(frozen=True, slots=True)
class Setting:
    """`name` is the page's address; `place` is the way to the value: the setting, then keys and list places in it.

    `claims` and `knobs` are names of the lab, `symptoms` slugs of symptoms, `checks` ids of Django's system
    checks. `since` and `removed` are versions of Django, empty where every supported one has it.
    """

    name: str
    group: str
    purpose: str
    claims: tuple[str, ...] = ()
    knobs: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    since: str = ""
    removed: str = ""
    note: str = ""
    docs: str = ""
    place: tuple[str, ...] = ()
    label: str = ""
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The setting as one writes it."""
        return self.label or self.name

    @property
    def path(self) -> tuple[str, ...]:
        return self.place or (self.name,)

    @property
    def variable(self) -> str:
        """The variable of the settings module that holds it."""
        return self.path[0]

    def docs_url(self, series: str) -> str:
        """The official page. `series` is that of the installed Django, such as "5.2"."""
        series = "5.0" if self.removed else series
        page = self.docs or f"{DJANGO_DOCS}ref/settings/#std-setting-{self.name}"
        return page.replace("{series}", series)


STATIC, STORAGE, MEDIA, UPLOADS, PROJECT, SECURITY, WHITENOISE, S3 = (
    "Static files",
    "Storages",
    "Media files",
    "Uploads",
    "The project",
    "Security and addresses",
    "WhiteNoise",
    "S3 and S3-compatible storage (django-storages)",
)
GROUPS = (STATIC, STORAGE, MEDIA, UPLOADS, PROJECT, SECURITY, WHITENOISE, S3)


def _whitenoise(name: str, purpose: str, **more: tuple[str, ...]) -> Setting:
    full = f"WHITENOISE_{name}"
    return Setting(full, WHITENOISE, purpose, docs=f"{WHITENOISE_DOCS}#{full}", also=(name,), **more)  # type: ignore[arg-type]


def _s3(option: str, variable: str, purpose: str, claim: str, symptoms: tuple[str, ...]) -> Setting:
    return Setting(
        f"S3-{option}",
        S3,
        purpose,
        claims=(claim,),
        symptoms=symptoms,
        docs=S3_DOCS,
        place=("STORAGES", "default", "OPTIONS", option),
        label=f'STORAGES["default"]["OPTIONS"]["{option}"]',
        also=(option, variable),
    )


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "STATIC_URL",
        STATIC,
        "The address under which browsers ask for static files: a path on this host, or another host such as a CDN. "
        "The static tag puts it in front of every name.",
        claims=("static-url-default-is-none", "script-name-comes-before-static-url", "hard-coded-misses-static-url"),
        knobs=("static_url",),
        symptoms=("debug-off-static-404", "signed-static-urls"),
        checks=("urls.E006",),
    ),
    Setting(
        "STATIC_ROOT",
        STATIC,
        "The folder into which collectstatic copies every static file, for a production server to serve. It is an "
        "output: source files belong somewhere else.",
        claims=(
            "static-root-is-written-not-read",
            "whitenoise-serves-what-was-collected",
            "relative-static-root-follows-the-shell",
            "static-root-in-dirs-is-refused",
        ),
        knobs=("collect", "clear"),
        symptoms=(
            "reordered-apps-old-file",
            "dirs-contain-static-root",
            "static-root-not-set",
            "files-land-elsewhere",
            "volume-masks-image",
            "deleted-remain-dotfiles-missing",
            "no-directory-at",
        ),
        checks=("staticfiles.E002",),
    ),
    Setting(
        "STATICFILES_DIRS",
        STATIC,
        "Folders with static files that belong to no app. An entry may be a pair of a prefix and a folder.",
        claims=("dirs-before-apps", "prefix-keeps-apart", "static-root-in-dirs-is-refused"),
        knobs=("project_static",),
        symptoms=("wrong-css-wins", "dirs-contain-static-root", "files-land-elsewhere"),
        checks=("staticfiles.E001", "staticfiles.E002", "staticfiles.E003", "staticfiles.W004"),
    ),
    Setting(
        "STATICFILES_FINDERS",
        STATIC,
        "The classes that look for static files, asked in this order. The first that knows a name wins.",
        claims=("dirs-before-apps", "no-app-finder-no-admin"),
        knobs=("finders",),
        symptoms=("wrong-css-wins", "debug-off-static-404"),
    ),
    Setting(
        "STORAGES",
        STORAGE,
        "Names each storage: `default` takes uploads, `staticfiles` takes what collectstatic collects. Further aliases "
        "may be added.",
        claims=(
            "storages-is-never-merged",
            "nothing-warns-of-a-missing-default",
            "a-missing-staticfiles-alias-is-refused",
        ),
        knobs=("default_storage", "storage"),
        symptoms=("no-default-storage", "staticfiles-storage-ignored"),
        checks=("staticfiles.E005",),
        since="4.2",
    ),
    Setting(
        "STORAGES-staticfiles",
        STORAGE,
        "The storage class that names static files and takes the collected ones: plain, hashed, compressed, or on "
        "another server. What the static tag gives is this storage’s `url()`.",
        claims=(
            "whitenoise-max-age",
            "debug-hides-the-manifest",
            "bad-url-stops-the-manifest",
            "uncollected-manifest-breaks-every-page",
        ),
        knobs=("storage",),
        symptoms=(
            "missing-manifest-entry",
            "leading-slash-in-static-tag",
            "file-named-in-css-missing",
            "commented-out-url",
            "debug-hides-missing-file",
            "stale-es-modules",
            "signed-static-urls",
            "manifest-error-in-tests",
        ),
        checks=("staticfiles.E005",),
        since="4.2",
        docs=f"{DJANGO_DOCS}ref/contrib/staticfiles/#storages",
        place=("STORAGES", "staticfiles"),
        label='STORAGES["staticfiles"]',
        also=("staticfiles",),
    ),
    Setting(
        "MANIFEST_STRICT",
        STORAGE,
        "The attribute manifest_strict of Django’s manifest storage, which WhiteNoise’s storage also takes from "
        "WHITENOISE_MANIFEST_STRICT. It says whether a name that is not in the manifest raises.",
        claims=("manifest-strict-raises", "no-file-raises-strict-or-not", "missing-file-is-quiet-until-production"),
        symptoms=(
            "missing-manifest-entry",
            "leading-slash-in-static-tag",
            "debug-hides-missing-file",
            "manifest-error-in-tests",
        ),
        docs=f"{DJANGO_DOCS}ref/contrib/staticfiles/"
        "#django.contrib.staticfiles.storage.ManifestStaticFilesStorage.manifest_strict",
        place=("WHITENOISE_MANIFEST_STRICT",),
        label="manifest_strict (WHITENOISE_MANIFEST_STRICT)",
        also=("manifest_strict", "WHITENOISE_MANIFEST_STRICT"),
    ),
    Setting(
        "STORAGES-default-OPTIONS",
        STORAGE,
        "Arguments for the class that stores uploads. FileSystemStorage knows `location`, `base_url` and "
        "`allow_overwrite`, which stand in for MEDIA_ROOT, MEDIA_URL and a new name for each file.",
        claims=("location-and-base-url-stand-in", "allow-overwrite-keeps-the-name"),
        symptoms=("no-default-storage", "old-file-stays", "s3-overwrites"),
        since="4.2",
        note="allow_overwrite came with Django 5.1.",
        docs=f"{DJANGO_DOCS}ref/files/storage/#django.core.files.storage.FileSystemStorage",
        place=("STORAGES", "default", "OPTIONS"),
        label='STORAGES["default"]["OPTIONS"]',
        also=("location", "base_url", "allow_overwrite", "STORAGES-default", "OPTIONS"),
    ),
    Setting(
        "STATICFILES_STORAGE",
        STORAGE,
        'Until Django 5.0 the dotted name of the class that stores static files. `STORAGES["staticfiles"]` took its '
        "place.",
        claims=("staticfiles-storage-ignored",),
        symptoms=("staticfiles-storage-ignored",),
        removed="5.1",
        docs=f"{DJANGO_DOCS}ref/settings/#staticfiles-storage",
    ),
    Setting(
        "DEFAULT_FILE_STORAGE",
        STORAGE,
        'Until Django 5.0 the dotted name of the class that stores uploads. `STORAGES["default"]` took its place.',
        claims=("default-file-storage-is-ignored",),
        symptoms=("staticfiles-storage-ignored", "no-default-storage"),
        removed="5.1",
        docs=f"{DJANGO_DOCS}ref/settings/#default-file-storage",
    ),
    Setting(
        "MEDIA_URL",
        MEDIA,
        "The address under which browsers ask for uploads. A stored file’s `url` begins with it.",
        claims=("media-needs-the-route", "static-helper-and-hosts"),
        knobs=("media_route",),
        symptoms=("media-404-in-development", "media-404-in-production"),
        checks=("urls.E006",),
    ),
    Setting(
        "MEDIA_ROOT",
        MEDIA,
        "The folder in which uploads are stored. It belongs to the running site: outside the code, outside "
        "STATIC_ROOT, and in the back-up.",
        claims=("unset-media-root-is-the-working-directory", "clear-deletes-uploads-inside-static-root"),
        knobs=("media_root",),
        symptoms=("media-404-in-development", "media-404-in-production", "uploads-vanish", "tests-fill-media-root"),
    ),
    Setting(
        "FILE_UPLOAD_HANDLERS",
        UPLOADS,
        "The classes that take the bytes of an upload while they arrive, asked in this order. They decide whether a "
        "file waits in memory or on disk, and may stop it.",
        claims=("upload-handlers-decide-where-a-file-waits",),
        symptoms=("decompression-bomb", "request-files-empty", "size-limit-ignored"),
    ),
    Setting(
        "FILE_UPLOAD_MAX_MEMORY_SIZE",
        UPLOADS,
        "The size in bytes of a request above which its uploads wait in temporary files instead of in memory. It is a "
        "threshold, not a limit.",
        claims=("memory-size-is-a-threshold", "upload-handlers-decide-where-a-file-waits"),
        symptoms=("large-uploads-0600", "size-limit-ignored"),
    ),
    Setting(
        "FILE_UPLOAD_TEMP_DIR",
        UPLOADS,
        "The folder for uploads that wait on disk. Unset, it is the system’s folder for temporary files.",
        claims=("temp-dir-must-exist",),
        symptoms=("large-uploads-0600",),
        checks=("files.E001",),
    ),
    Setting(
        "FILE_UPLOAD_PERMISSIONS",
        UPLOADS,
        "The mode that a stored file gets, as an octal number. It counts for what collectstatic writes as well.",
        claims=("file-permissions-count-for-collectstatic", "large-uploads-0600"),
        symptoms=("nginx-403", "large-uploads-0600"),
    ),
    Setting(
        "FILE_UPLOAD_DIRECTORY_PERMISSIONS",
        UPLOADS,
        "The mode of the folders that a storage makes, as an octal number. Unset, the process’s umask decides.",
        claims=("nginx-403",),
        symptoms=("nginx-403", "large-uploads-0600"),
    ),
    Setting(
        "DATA_UPLOAD_MAX_MEMORY_SIZE",
        UPLOADS,
        "How many bytes a request’s body may have. Uploaded files are not counted.",
        claims=("data-size-excludes-files", "size-limit-ignored"),
        symptoms=("size-limit-ignored", "nginx-413"),
    ),
    Setting(
        "DATA_UPLOAD_MAX_NUMBER_FILES",
        UPLOADS,
        "How many files one request may carry; one more is answered with 400.",
        claims=("too-many-files-are-refused",),
        symptoms=("size-limit-ignored",),
    ),
    Setting(
        "DATA_UPLOAD_MAX_NUMBER_FIELDS",
        UPLOADS,
        "How many form fields one request may carry; one more is answered with 400. Files are not counted.",
        claims=("too-many-fields-are-refused",),
        symptoms=("size-limit-ignored",),
    ),
    Setting(
        "DEBUG",
        PROJECT,
        "Development behaviour: pages with tracebacks, static files from runserver, the media route. It must be off in "
        "production.",
        claims=("debug-off-no-static", "route-vanishes-with-debug", "debug-hides-the-manifest"),
        knobs=("debug",),
        symptoms=("debug-hides-missing-file", "debug-off-static-404", "gunicorn-no-static", "media-404-in-production"),
        checks=("security.W018",),
    ),
    Setting(
        "INSTALLED_APPS",
        PROJECT,
        "The apps of the project, in order. For static files, templates and commands the first app that has a name "
        "wins.",
        claims=("first-app-wins", "namespacing-ends-the-clash", "nostatic-app-hands-over"),
        knobs=("apps",),
        symptoms=("wrong-css-wins", "reordered-apps-old-file", "runserver-nostatic-below"),
    ),
    Setting(
        "MIDDLEWARE",
        PROJECT,
        "What stands between the server and the views, from the outside in. For static files the place of WhiteNoise "
        "in it matters: what stands above it runs for every stylesheet, what stands below runs for none.",
        claims=(
            "whitenoise-above-security-loses-nosniff",
            "gate-above-whitenoise-asks-for-a-login",
            "login-required-is-no-gate",
            "static-handler-bypasses-middleware",
        ),
        knobs=("whitenoise", "login_gate"),
        symptoms=("asgi-synchronous-iterators", "css-redirects-to-login", "whitenoise-above-security"),
        checks=("security.W001", "admin.E408", "admin.E409", "admin.E410"),
    ),
    Setting(
        "TEMPLATES",
        PROJECT,
        "The template engines; each DjangoTemplates engine lists context processors in its OPTIONS. "
        "`django.template.context_processors.static` and `.media` give every template STATIC_URL and MEDIA_URL.",
        claims=("context-processors-give-the-prefixes",),
        symptoms=("refused-mime-type",),
        checks=("admin.E403", "admin.E404"),
        place=("TEMPLATES", "0", "OPTIONS", "context_processors"),
        label="TEMPLATES: context processors",
        docs=f"{DJANGO_DOCS}ref/templates/api/#django-template-context-processors-static",
        also=("context_processors", "TEMPLATES-context_processors"),
    ),
    Setting(
        "SECURE_CONTENT_TYPE_NOSNIFF",
        SECURITY,
        "Whether SecurityMiddleware adds `X-Content-Type-Options: nosniff`, which tells browsers to believe the "
        "Content-Type. Static files have it only where SecurityMiddleware sees them.",
        claims=("nosniff-follows-its-setting", "whitenoise-above-security-loses-nosniff"),
        symptoms=("refused-mime-type", "whitenoise-above-security", "svg-html-xss"),
        checks=("security.W006",),
    ),
    Setting(
        "SECURE_PROXY_SSL_HEADER",
        SECURITY,
        "The header, and its value, by which a proxy says that the visitor came over HTTPS. Only for a proxy that sets "
        "the header itself and drops a visitor’s own.",
        claims=("nginx-must-tell-of-tls",),
        symptoms=("origin-checking-failed",),
    ),
    Setting(
        "SECURE_SSL_REDIRECT",
        SECURITY,
        "Whether SecurityMiddleware sends plain HTTP to HTTPS. Behind a proxy it needs SECURE_PROXY_SSL_HEADER too.",
        claims=("nginx-must-tell-of-tls",),
        symptoms=("origin-checking-failed",),
        checks=("security.W008",),
    ),
    Setting(
        "CSRF_TRUSTED_ORIGINS",
        SECURITY,
        "Further origins, each with its scheme, from which forms may be sent. An origin that equals the request’s own "
        "host needs no entry.",
        claims=("trusted-origin-is-let-in", "nginx-must-pass-the-port"),
        symptoms=("origin-checking-failed",),
        checks=("4_0.E001",),
    ),
    Setting(
        "ALLOWED_HOSTS",
        SECURITY,
        "The host names that this site answers to. Any other name in a request’s Host header is answered with 400.",
        claims=("other-hosts-are-refused",),
        symptoms=("origin-checking-failed",),
        checks=("security.W020",),
    ),
    Setting(
        "SECURE_CSP",
        SECURITY,
        "The content security policy, as a dictionary of directives, that Django’s ContentSecurityPolicyMiddleware "
        "sends. It says from where a page may load scripts, styles, pictures and fonts.",
        claims=("csp-names-the-hosts",),
        symptoms=("whitenoise-above-security", "fonts-blocked-by-cors"),
        checks=("security.E026",),
        since="6.0",
    ),
    Setting(
        "FORCE_SCRIPT_NAME",
        SECURITY,
        "The path prefix of a site that does not live at the root of its host. Relative values of STATIC_URL and "
        "MEDIA_URL get it as well.",
        claims=("script-name-comes-before-static-url",),
        symptoms=("debug-off-static-404",),
    ),
    _whitenoise(
        "ROOT",
        "A folder whose files are served at the root of the site: robots.txt, favicon.ico. Not meant for uploads.",
        claims=("whitenoise-root-serves-at-the-root", "whitenoise-is-unfit-for-media"),
        symptoms=("file-added-after-start", "media-404-in-production"),
    ),
    _whitenoise(
        "AUTOREFRESH",
        "Whether WhiteNoise looks for a file at every request instead of making its list once, at start. For "
        "development only.",
        claims=("autorefresh-in-production",),
        symptoms=("file-added-after-start", "autorefresh-in-production"),
    ),
    _whitenoise(
        "USE_FINDERS",
        "Whether WhiteNoise serves straight from the source folders, by Django’s finders, instead of only from "
        "STATIC_ROOT.",
        claims=("use-finders-needs-no-collectstatic",),
        symptoms=("debug-off-static-404", "runserver-nostatic-below", "platform-never-collected"),
    ),
    _whitenoise(
        "MAX_AGE",
        "How many seconds browsers and caches may keep a file that has no hash in its name. Hashed names are kept for "
        "ever whatever it says.",
        claims=("whitenoise-max-age", "max-age-follows-its-setting"),
        symptoms=("cdn-cached-404", "stale-css-in-development"),
    ),
    _whitenoise(
        "INDEX_FILE",
        "Whether a folder’s address is answered with the index.html in it; a text names another file.",
        claims=("index-file-answers-for-its-folder",),
        symptoms=("debug-off-static-404",),
    ),
    _whitenoise(
        "MIMETYPES",
        "File extensions, or whole names, with the Content-Type that they shall get. It goes before WhiteNoise’s own "
        "list.",
        claims=("mimetypes-go-first",),
        symptoms=("refused-mime-type", "javascript-as-text-plain", "nginx-without-mime-types"),
    ),
    _whitenoise(
        "CHARSET",
        "The charset that is added to the Content-Type of text files.",
        claims=("charset-follows-its-setting",),
        symptoms=("refused-mime-type",),
    ),
    _whitenoise(
        "ALLOW_ALL_ORIGINS",
        "Whether files are sent with `Access-Control-Allow-Origin: *`, so that pages of other hosts may use fonts and "
        "scripts.",
        claims=("whitenoise-fingerprint", "allow-all-origins-off"),
        symptoms=("fonts-blocked-by-cors",),
    ),
    _whitenoise(
        "SKIP_COMPRESS_EXTENSIONS",
        "File extensions that are not worth compressing. WhiteNoise’s storages and its command leave them alone.",
        claims=("skipped-extensions-are-not-compressed",),
        symptoms=("slow-collectstatic-to-s3",),
    ),
    _whitenoise(
        "ADD_HEADERS_FUNCTION",
        "A function that may add headers to a static file. It gets the headers, the file’s path and its URL.",
        claims=("headers-function-adds",),
        symptoms=("whitenoise-above-security", "fonts-blocked-by-cors"),
    ),
    _whitenoise(
        "IMMUTABLE_FILE_TEST",
        "A function or a regular expression that says which files never change. By default those are the names hashed "
        "by Django’s manifest storage.",
        claims=("immutable-test-decides",),
        symptoms=("stale-css-in-development",),
    ),
    _whitenoise(
        "STATIC_PREFIX",
        "The path under which WhiteNoise serves STATIC_ROOT, where that is another than the one in STATIC_URL. Useful "
        "behind a CDN that asks under a path of its own.",
        claims=("static-prefix-moves-the-files",),
        symptoms=("debug-off-static-404", "cdn-cached-404"),
    ),
    _whitenoise(
        "KEEP_ONLY_HASHED_FILES",
        "Whether CompressedManifestStaticFilesStorage deletes the plain names once the hashed ones are written.",
        claims=("only-hashed-files-are-kept",),
        symptoms=("deleted-remain-dotfiles-missing", "slow-collectstatic-to-s3"),
    ),
    _s3(
        "bucket_name",
        "AWS_STORAGE_BUCKET_NAME",
        "The bucket that takes the files.",
        "s3-needs-a-bucket-name",
        ("acl-not-supported",),
    ),
    _s3(
        "endpoint_url",
        "AWS_S3_ENDPOINT_URL",
        "The address of an S3-compatible service that is not Amazon’s own, such as Spaces or MinIO, with its scheme.",
        "s3-endpoint-is-where-files-go",
        ("acl-not-supported",),
    ),
    _s3(
        "custom_domain",
        "AWS_S3_CUSTOM_DOMAIN",
        "The host, usually a CDN’s, that addresses of files name instead of the bucket’s own.",
        "s3-custom-domain-is-what-pages-name",
        ("signed-static-urls", "fonts-blocked-by-cors", "cdn-cached-404"),
    ),
    _s3(
        "querystring_auth",
        "AWS_QUERYSTRING_AUTH",
        "Whether addresses of files are signed and expire. Fit for private uploads, unfit for static files.",
        "s3-signs-unless-told-not-to",
        ("signed-static-urls", "private-files-public"),
    ),
    _s3(
        "file_overwrite",
        "AWS_S3_FILE_OVERWRITE",
        "Whether a new file replaces one of the same name instead of getting another name.",
        "s3-overwrites-unless-told-not-to",
        ("s3-overwrites",),
    ),
    _s3(
        "default_acl",
        "AWS_DEFAULT_ACL",
        "The access list that each object gets, such as public-read. Many buckets accept none.",
        "s3-asks-for-no-acl-by-default",
        ("acl-not-supported", "private-files-public"),
    ),
    _s3(
        "object_parameters",
        "AWS_S3_OBJECT_PARAMETERS",
        "What is sent with each object: for example its Cache-Control header or its encryption.",
        "s3-object-parameters-go-with-each-file",
        ("cdn-cached-404", "stale-css-in-development"),
    ),
)

BY_NAME: Mapping[str, Setting] = MappingProxyType({setting.name: setting for setting in SETTINGS})
# Other names by which people ask for a page: parts of a name, and django-storages' variables for its options.
ALSO: Mapping[str, Setting] = MappingProxyType({other: setting for setting in SETTINGS for other in setting.also})
