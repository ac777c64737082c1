"""What an exercise needs beyond this site's own packages, and how a person gets it."""

import sys

from mysite.machine.needs import NGINX, how_to_get
from workshop.invocation import python

PACKAGES = {"storages": "django-storages"}  # a module's name -> its package's, where they differ


def how_to_install(name: str) -> str:
    """Return how to install nginx, or the package that a module belongs to."""
    if name == "nginx":
        if sys.platform == "win32":
            return "nginx is not installed. The check starts it only on Linux and macOS; on Windows, use WSL."
        return f"nginx is not installed. To install it: {' '.join(' '.join(how_to_get([NGINX])).split())}"
    package = PACKAGES.get(name, name)
    return f"The package {package} is not installed. To install it: {python()} -m pip install -r requirements-cloud.txt"
