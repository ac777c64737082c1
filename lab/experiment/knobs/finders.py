"""Which finders look for a static file, and in which order: the first one that has it wins."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Finders = Literal["dirs,apps", "apps,dirs", "dirs", "apps"]


def _lines(*finders: str) -> tuple[str, ...]:
    entries = (f'    "django.contrib.staticfiles.finders.{finder}",' for finder in finders)
    return ("STATICFILES_FINDERS = [", *entries, "]")


FINDERS: Knob[Finders] = Knob(
    "finders",
    label="Who looks for files",
    becomes="STATICFILES_FINDERS",
    help="Which finders look for a static file, and in which order.",
    group="Settings",
    values=(
        Value(
            "dirs,apps",
            "First STATICFILES_DIRS, then the apps: Django's default.",
            _lines("FileSystemFinder", "AppDirectoriesFinder"),
            label="dirs, apps",
            phrase="with Django’s default finders",
        ),
        Value(
            "apps,dirs",
            "The apps are asked first: on a clash their file wins over the project's.",
            _lines("AppDirectoriesFinder", "FileSystemFinder"),
            label="apps, dirs",
            phrase="with AppDirectoriesFinder first",
        ),
        Value(
            "dirs",
            "Only STATICFILES_DIRS is looked at: no app's static files are found, not even the admin's.",
            _lines("FileSystemFinder"),
            label="dirs alone",
            phrase="without AppDirectoriesFinder",
        ),
        Value(
            "apps",
            "Only the apps are looked at: STATICFILES_DIRS is without effect.",
            _lines("AppDirectoriesFinder"),
            label="apps alone",
            phrase="without FileSystemFinder",
        ),
    ),
)
