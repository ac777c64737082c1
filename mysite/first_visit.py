"""What the first visitor of a process would otherwise wait for. Whatever starts a server calls this before it listens."""

from django.conf import settings
from django.template import engines
from django.urls import get_resolver

from guide import mode_settings


def begin() -> None:
    """Start what goes on in a process of its own, beside the loading of everything else."""
    if "guide" in settings.INSTALLED_APPS:  # the second origin, for media files, has no pages
        mode_settings.current(settings.BASE_DIR)


def load() -> None:
    """Import every view and every template tag. Raises what is wrong with them, before anybody comes."""
    assert get_resolver().reverse_dict is not None  # noqa: S101
    engines.all()
