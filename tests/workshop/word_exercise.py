"""A workshop of the tests' own: one small exercise, a learner's folder, and a browser on this machine."""

import textwrap
from pathlib import Path

import pytest
from django.test import Client

from workshop import exercise
from workshop.my_workshop import MyWorkshop

SETTINGS = """
    from pathlib import Path

    BASE_DIR = Path(__file__).resolve().parent.parent
    SECRET_KEY = "a key for an exercise of the tests"
    DEBUG = True
    ROOT_URLCONF = "project.urls"
    INSTALLED_APPS = ["django.contrib.staticfiles"]
    STATIC_URL = "static/"
    STATICFILES_DIRS = [BASE_DIR / "static"]
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
"""
URLS = """
    from django.http import HttpResponse
    from django.urls import path

    urlpatterns = [path("", lambda request: HttpResponse("a page"))]
"""
MANAGE = """
    import os

    if __name__ == "__main__":
        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
        execute_from_command_line()
"""
TOML = """
    title = "The word"
    goal = "The file `static/word.txt` says <b>no</b>. It is to say yes."
    chapter = "finders"
    open = ["static/word.txt"]
    hints = ["Look into it.", "Change it.", "Write yes."]

    [[step]]
    run = "manage.py findstatic word.txt"
    label = "found"

    [[step]]
    serve = "runserver"
    requests = [{label = "word", get = "/static/word.txt"}, {look = "static/*", label = "files", find = ["yes"]}]

    [[claim]]
    id = "it-arrives"
    says = "The file arrives."
    expect = ["word.status is 200", "found.exit is 0"]
    advice = "Put it back."

    [[claim]]
    id = "it-says-yes"
    says = "It says yes."
    expect = ["word.body contains yes", "files.found is yes"]
    advice = "Another word is wanted."
    symptom = 3
"""
FILES = {
    "exercise.toml": TOML,
    "start/manage.py": MANAGE,
    "start/project/__init__.py": "",
    "start/project/settings.py": SETTINGS,
    "start/project/urls.py": URLS,
    "start/static/word.txt": "no\n",
    "solution/static/word.txt": "yes\n",
    "solution/why.md": "Because `yes` was wanted.",
}


@pytest.fixture
def word(tmp_path, monkeypatch):
    """The exercise; it is the only one."""
    folder = tmp_path / "exercises" / "01_the_word"
    for path, text in FILES.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text).lstrip())
    monkeypatch.setattr(exercise, "EXERCISES", folder.parent)
    exercise.exercises.cache_clear()
    yield exercise.by_name("1")
    exercise.exercises.cache_clear()


@pytest.fixture
def mine(tmp_path, settings):
    """The learner's folder; nothing is in it yet."""
    settings.WORKSHOP_DIR = tmp_path / "my workshop"
    return MyWorkshop(settings.WORKSHOP_DIR)


@pytest.fixture
def learner(word, mine, settings):
    """A client in development, on this machine."""
    settings.DEBUG = True
    return Client(headers={"host": "localhost:8000"})


def write(folder: Path, path: str, text: str) -> None:
    """As an editor does: a temporary file, then a rename."""
    half = folder / f"{path}.tmp"
    half.write_text(text)
    half.replace(folder / path)
