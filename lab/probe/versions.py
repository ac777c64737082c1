"""The versions that an experiment would run with in this interpreter."""

import platform
import subprocess
from functools import cache
from importlib.metadata import version

from lab.observation import Versions
from mysite.serving import nginx


@cache
def versions() -> Versions:
    """Return the versions, found once per process: nginx has to be started for its own."""
    import django

    return Versions(platform.python_version(), django.get_version(), version("whitenoise"), _nginx_version())


def django_series() -> str:
    """Such as "6.1": what records are kept for."""
    import django

    return ".".join(map(str, django.VERSION[:2]))


def _nginx_version() -> str | None:
    binary = nginx.find()
    if binary is None:
        return None
    printed = subprocess.run([binary, "-v"], capture_output=True, text=True, check=False).stderr
    return printed.strip().rpartition("/")[2].split(" ")[0] or None
