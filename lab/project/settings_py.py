"""The mini-project's settings.py: only what matters here, and a reason at every line that a knob changed."""

from lab.experiment import Experiment

SECURITY = "django.middleware.security.SecurityMiddleware"
WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"
LOGIN_GATE = "project.middleware.LoginGate"

MIDDLEWARE = (
    SECURITY,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)

CONTRIB_APPS = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
)

FINDERS = {
    "dirs": "django.contrib.staticfiles.finders.FileSystemFinder",
    "apps": "django.contrib.staticfiles.finders.AppDirectoriesFinder",
}

STORAGES = {
    "plain": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "manifest": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "whitenoise": "whitenoise.storage.CompressedStaticFilesStorage",
    "whitenoise-manifest": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}

WHY_STORAGE = {
    "manifest": "Adds a hash of the content to each name, so that browsers may keep the file for ever.",
    "whitenoise": "Writes a compressed copy beside each file when it is collected.",
    "whitenoise-manifest": "Hashed names, and a compressed copy beside each file.",
}

WHY_WHITENOISE = {
    "after-security": "Right below SecurityMiddleware: static files get its headers, and nothing else runs for them.",
    "before-security": "Above SecurityMiddleware: static files are answered before it can add its headers.",
    "last": "At the end: every middleware above runs for each static file too.",
}

WHY_FINDERS = {
    "apps,dirs": "The apps are asked first: on a clash their file wins over the project's.",
    "dirs": "Only STATICFILES_DIRS is looked at: no app's static files are found, not even the admin's.",
    "apps": "Only the apps are looked at: STATICFILES_DIRS is without effect.",
}

WHY_APPS = {
    "app2,app1": "app2 stands first: where both have a file of the same name, app2's is found.",
    "app1": "Only app1 is installed.",
    "app2": "Only app2 is installed.",
}


def middleware(experiment: Experiment) -> list[tuple[str, str]]:
    """MIDDLEWARE as (dotted path, why it stands there); the reason is empty for what startproject writes."""
    result = [(path, "") for path in MIDDLEWARE]
    gate = (LOGIN_GATE, "Sends visitors without a session to /login/.")
    if experiment.whitenoise == "off":
        return result if experiment.login_gate == "off" else [*result, gate]
    entry = (WHITENOISE, WHY_WHITENOISE[experiment.whitenoise])
    security = MIDDLEWARE.index(SECURITY)
    place = {"before-security": security, "after-security": security + 1, "last": len(result)}[experiment.whitenoise]
    with_gate = {
        "off": [entry],
        "above": [(LOGIN_GATE, "Above WhiteNoise: static files ask for a login too."), entry],
        "below": [entry, (LOGIN_GATE, "Below WhiteNoise: static files are answered before it is asked.")],
    }[experiment.login_gate]
    return [*result[:place], *with_gate, *result[place:]]


def settings_py(experiment: Experiment) -> str:
    """The text of project/settings.py."""
    lines: list[str] = [
        '"""Settings of a small project about static and media files: only what matters to those."""',
        "",
        "from pathlib import Path",
        "",
        "BASE_DIR = Path(__file__).resolve().parent.parent",
        "",
        'SECRET_KEY = "good-enough-for-an-experiment-and-for-nothing-else"',
        *_debug(experiment),
        "",
        *_installed_apps(experiment),
        "",
        *_middleware(experiment),
        "",
        'ROOT_URLCONF = "project.urls"',
        'WSGI_APPLICATION = "project.wsgi.application"',
        "",
        "TEMPLATES = [",
        "    {",
        '        "BACKEND": "django.template.backends.django.DjangoTemplates",',
        '        "DIRS": [BASE_DIR / "templates"],',
        '        "APP_DIRS": True,',
        '        "OPTIONS": {',
        '            "context_processors": [',
        '                "django.template.context_processors.request",',
        '                "django.contrib.auth.context_processors.auth",',
        '                "django.contrib.messages.context_processors.messages",',
        "            ],",
        "        },",
        "    },",
        "]",
        "",
        "# Static files: shipped with the code.",
        *_static(experiment),
        "",
        "# Media files: uploaded by visitors.",
        *_media(experiment),
        "",
        *_storages(experiment),
    ]
    return "\n".join(lines) + "\n"


def _debug(experiment: Experiment) -> list[str]:
    if experiment.debug == "on":
        return ["DEBUG = True", "ALLOWED_HOSTS = []"]
    return [
        "# As in production: no tracebacks for visitors, and Django serves neither static nor media files by itself.",
        "DEBUG = False",
        "# With DEBUG off Django answers only to the hosts that are named here.",
        'ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]',
    ]


def _installed_apps(experiment: Experiment) -> list[str]:
    why = WHY_APPS.get(experiment.apps)
    return [
        "INSTALLED_APPS = [",
        *([f"    # {why}"] if why else []),
        *(f'    "{app}",' for app in (*experiment.installed, *CONTRIB_APPS)),
        "]",
    ]


def _middleware(experiment: Experiment) -> list[str]:
    lines = ["MIDDLEWARE = ["]
    for path, why in middleware(experiment):
        if why:
            lines.append(f"    # {why}")
        lines.append(f'    "{path}",')
    return [*lines, "]"]


def _static(experiment: Experiment) -> list[str]:
    url = {
        "/static/": [],
        "/assets/": ["# Pages name static files under another path; the static tag follows, hard-coded paths do not."],
        "https://cdn.example/": [
            "# Pages name static files on another host; this project's server is never asked for them."
        ],
    }[experiment.static_url]
    dirs = {
        "none": ["STATICFILES_DIRS = []"],
        "plain": [
            "# Static files that belong to no app.",
            'STATICFILES_DIRS = [BASE_DIR / "static"]',
        ],
        "prefixed": [
            "# Static files that belong to no app, under a prefix: static/app.css is found as project/app.css.",
            'STATICFILES_DIRS = [("project", BASE_DIR / "static")]',
        ],
        "collected": [
            "# A mistake: collectstatic would collect its own output. Django's checks refuse it (staticfiles.E002).",
            "STATICFILES_DIRS = [STATIC_ROOT]",
        ],
    }[experiment.project_static]
    why_finders = WHY_FINDERS.get(experiment.finders)
    return [
        *url,
        f'STATIC_URL = "{experiment.static_url}"',
        'STATIC_ROOT = BASE_DIR / "staticfiles"  # where collectstatic writes',
        *dirs,
        *([f"# {why_finders}"] if why_finders else []),
        "STATICFILES_FINDERS = [",
        *(f'    "{FINDERS[finder]}",' for finder in experiment.finders.split(",")),
        "]",
    ]


def _media(experiment: Experiment) -> list[str]:
    root = {
        "uploads": ['MEDIA_ROOT = BASE_DIR / "uploads"  # where uploads are stored'],
        "unset": ["# MEDIA_ROOT is not set: Django then stores uploads in the working directory, beside the code."],
        "inside-static": [
            "# A mistake: uploads lie among the collected files, and `collectstatic --clear` deletes them.",
            'MEDIA_ROOT = STATIC_ROOT / "media"',
        ],
    }[experiment.media_root]
    return ['MEDIA_URL = "/media/"', *root]


def _storages(experiment: Experiment) -> list[str]:
    default = {
        "present": ['    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},'],
        "missing": [
            '    # "default" is left out: STORAGES is never merged with Django\'s own, so uploads have no storage.'
        ],
    }[experiment.default_storage]
    why = WHY_STORAGE.get(experiment.storage)
    return [
        "STORAGES = {",
        *default,
        *([f"    # {why}"] if why else []),
        f'    "staticfiles": {{"BACKEND": "{STORAGES[experiment.storage]}"}},',
        "}",
    ]
