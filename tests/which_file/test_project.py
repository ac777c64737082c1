"""Which settings modules of a project are looked at, by names alone."""

import pytest

from which_file import project

MANAGE = {"manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n"}
NAMELESS = {"manage.py": "from django.core.management import execute_from_command_line\n"}
APPS = "INSTALLED_APPS = []\n"


def split(*names):
    return {"site/settings/__init__.py": "", **{f"site/settings/{name}.py": APPS for name in names}}


CHOICES = {
    "one file": ({**MANAGE, "site/settings.py": APPS}, ["site.settings"]),
    "an empty package stands for what is in it": (
        {**MANAGE, **split("base", "dev", "production", "test")},
        ["site.settings.dev", "site.settings.production"],
    ),
    "what others share is not looked at alone": (
        {**NAMELESS, **split("base", "local_base", "production")},
        ["site.settings.local_base", "site.settings.production"],
    ),
    "what development shares may be production's": (
        {**NAMELESS, **split("base", "development")},
        ["site.settings.development", "site.settings.base"],
    ),
    "an image chooses": (
        {
            **MANAGE,
            "site/settings.py": APPS,
            "site/other.py": APPS,
            "Dockerfile": "# DJANGO_SETTINGS_MODULE=site.no\nENV DJANGO_SETTINGS_MODULE site.other\n",
        },
        ["site.settings", "site.other"],
    ),
    "Render's list of variables chooses": (
        {
            **MANAGE,
            "site/settings.py": APPS,
            "site/other.py": APPS,
            "render.yaml": "- key: DJANGO_SETTINGS_MODULE\n  value: site.other\n",
        },
        ["site.settings", "site.other"],
    ),
    "a part that the settings import is not looked at alone": (
        {**MANAGE, "site/settings.py": APPS + "from .production import *\n", "site/production.py": "DEBUG = False\n"},
        ["site.settings"],
    ),
    "tests choose for themselves": (
        {
            **MANAGE,
            "site/settings.py": APPS,
            "site/test.py": APPS,
            "compose.yaml": "DJANGO_SETTINGS_MODULE: site.test\n",
        },
        ["site.settings"],
    ),
}


@pytest.mark.parametrize(("files", "modules"), CHOICES.values(), ids=CHOICES)
def test_the_settings_modules_are_those_that_people_start(tmp_path, files, modules):
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert list(project.settings_modules(tmp_path)) == modules
