"""One small exercise for the tests of the pages, whose word may be changed."""

import textwrap
from pathlib import Path

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
    task = "Make the file say yes."
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
    symptom = "first-static-folder-404"
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


def make(folder: Path) -> None:
    """Below `folder`."""
    for path, text in FILES.items():
        target = folder / "01_the_word" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text).lstrip())


def write(folder: Path, path: str, text: str) -> None:
    """As an editor does: a temporary file, then a rename."""
    half = folder / f"{path}.tmp"
    half.write_text(text)
    half.replace(folder / path)
