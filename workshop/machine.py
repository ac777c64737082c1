"""What an exercise needs beyond this site's own packages, and how a person gets it."""

import sys

from mysite.machine.needs import NGINX, how_to_get

PACKAGES = {"boto3": "boto3", "storages": "django-storages", "moto": "moto[server]"}


def how_to_install(name: str) -> str:
    """Return how to install nginx, or the package that a module belongs to."""
    if name == "nginx":
        if sys.platform == "win32":
            return "nginx is not installed. The check starts it only on Linux and macOS; on Windows, use WSL."
        return " ".join(" ".join(how_to_get([NGINX])).split())
    return f"The package {PACKAGES.get(name, name)} is not installed: pip install -r requirements-dev.txt"
