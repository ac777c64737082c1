"""What a server process does before its first visitor comes, who would otherwise wait for it."""

from django.conf import settings
from django.template import engines
from django.urls import get_resolver

from guide import mode_settings


def begin() -> None:
    """Start what goes on in a process of its own, beside the loading of everything else."""
    if "guide" in settings.INSTALLED_APPS:  # the second origin, for media files, has no pages
        mode_settings.current(settings.BASE_DIR)


def load() -> None:
    """Import every view and every template tag, which Django does at the first request. Raises what is wrong there."""
    get_resolver().reverse_dict.keys()
    engines.all()
