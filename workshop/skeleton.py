"""The skeleton of an exercise: a project that runs, and an exercise.toml with everything still to be said."""

import re
from pathlib import Path

from workshop.exercise import place

EXERCISE = '''\
title = "{title}"
task = ""  # the goal in a sentence or two: it stays in view while somebody works
goal = """
"""
chapter = ""  # the slug of a chapter of the guide
open = ["project/settings.py"]
hints = []  # at least three, from gentle to plain

[[step]]
serve = "runserver"
requests = [
    {{label = "page", get = "/"}},
]

[[claim]]
id = "{id}"
says = "The page is there."
expect = ["page.status is 200"]
advice = ""
'''

MANAGE = """\
#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
"""

SETTINGS = """\
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "not-a-secret"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "project.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [BASE_DIR / "templates"]}]
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
"""

URLS = """\
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [path("", TemplateView.as_view(template_name="page.html"))]
"""

SERVER = """\
import os

from django.core.{kind} import get_{kind}_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_{kind}_application()
"""

PAGE = """\
{% load static %}<!doctype html>
<title>A page</title>
<link rel="stylesheet" href="{% static 'page.css' %}">
<h1>A page</h1>
"""


class SkeletonError(ValueError):
    """A name that cannot be an exercise's. The message says why, on one line."""


def make(name: str) -> Path:
    """The new folder, with the next free number. Raises SkeletonError, and OSError when nothing can be written."""
    plain = re.sub(r"^\d+_", "", re.sub(r"[\s-]+", "_", name.strip().lower()))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", plain):
        raise SkeletonError(f"{name!r} cannot be the name of a folder: take letters, digits and _, such as one_slash.")
    taken = sorted(folder.name for folder in place().iterdir() if re.match(r"\d\d_", folder.name))
    if any(folder[3:] == plain for folder in taken):
        raise SkeletonError(f"There is an exercise {plain} already.")
    number = int(taken[-1][:2]) + 1 if taken else 1
    if number > 99:
        raise SkeletonError("Two digits are used up.")
    folder = place() / f"{number:02}_{plain}"
    title = plain.replace("_", " ").capitalize()
    for path, text in {
        "exercise.toml": EXERCISE.format(title=title, id=plain.replace("_", "-")),
        "start/manage.py": MANAGE,
        "start/project/__init__.py": "",
        "start/project/settings.py": SETTINGS,
        "start/project/urls.py": URLS,
        "start/project/wsgi.py": SERVER.format(kind="wsgi"),
        "start/project/asgi.py": SERVER.format(kind="asgi"),
        "start/static/page.css": "h1 { color: teal; }\n",
        "start/templates/page.html": PAGE,
        "solution/why.md": "",
        "wrong/tempting_1/why.md": "",
        "wrong/tempting_2/why.md": "",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
