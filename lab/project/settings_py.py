"""The mini-project's settings.py: only what matters here, and a reason at every line that a knob changed.

Each knob says in its own module what it writes (lab.experiment.knobs); this module says where.
"""

import re

from lab.experiment import Experiment
from lab.experiment.knobs.whitenoise import SECURITY

# {{ NAME }} is where the lines of the knob that becomes NAME stand. Those of any other knob stand at the end.
_SETTINGS = '''\
"""Settings of a small project about static and media files: only what matters to those."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "good-enough-for-an-experiment-and-for-nothing-else"
{{ DEBUG }}

INSTALLED_APPS = [
    {{ INSTALLED_APPS }}
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    {{ MIDDLEWARE }}
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Static files: shipped with the code.
{{ STATIC_URL }}
STATIC_ROOT = BASE_DIR / "staticfiles"  # where collectstatic writes
{{ STATICFILES_DIRS }}
{{ STATICFILES_FINDERS }}

# Media files: uploaded by visitors.
MEDIA_URL = "/media/"
{{ MEDIA_ROOT }}

STORAGES = {
    {{ STORAGES["default"] }}
    {{ STORAGES["staticfiles"] }}
}
'''
_PLACE = re.compile(r"^( *)\{\{ (.+) \}\}\n", re.MULTILINE)

MIDDLEWARE = (
    SECURITY,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def settings_py(experiment: Experiment) -> str:
    """Return the text of project/settings.py."""
    lines = {"MIDDLEWARE": _middleware(experiment)}
    for knob, value in experiment.positions:
        lines.setdefault(knob.becomes, []).extend(knob.settings(value))
    text = _PLACE.sub(lambda place: "".join(f"{place[1]}{line}\n" for line in lines.pop(place[2])), _SETTINGS)
    return text + "".join("\n" + "\n".join(further) + "\n" for further in lines.values() if further)


def _middleware(experiment: Experiment) -> list[str]:
    """Return the entries of MIDDLEWARE, with a comment above those that a knob adds."""
    entries = [(path, "") for path in MIDDLEWARE]
    for _, value in experiment.positions:
        if value.middleware is None:
            continue
        paths = [path for path, _ in entries]
        entry = value.middleware
        neighbour = entry.above or entry.below
        if neighbour in paths:
            entries.insert(paths.index(neighbour) + (1 if entry.below else 0), (entry.path, value.help))
        else:
            entries.append((entry.path, entry.alone or value.help))
    return [line for path, why in entries for line in ([f"# {why}"] if why else []) + [f'"{path}",']]
