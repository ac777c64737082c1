"""Settings that come from environment variables."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured


def required(name: str, meaning: str) -> str:
    """The variable's value. Raises ImproperlyConfigured, naming the variable and its use, when unset or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is not set ({meaning}).")
    return value


def comma_separated(value: str) -> list[str]:
    """`"a, b"` as `["a", "b"]`; an empty string as an empty list."""
    return [item.strip() for item in value.split(",") if item.strip()]


def sqlite_path(url: str) -> Path:
    """`sqlite:////srv/db.sqlite3` as a path. Raises ImproperlyConfigured for any other kind of database."""
    if not url.startswith("sqlite:///"):
        raise ImproperlyConfigured("DATABASE_URL must look like sqlite:////path/to/db.sqlite3 in these settings.")
    return Path(unquote(url.removeprefix("sqlite:///")))


def origin(value: str) -> str:
    """`"https://media.example.com/"` without its slash; empty stays empty. Raises ImproperlyConfigured for more."""
    if value and not re.fullmatch(r"https?://(\[[0-9a-f:]+\]|[\w.-]+)(:\d+)?/?", value, re.ASCII | re.IGNORECASE):
        raise ImproperlyConfigured(
            f"MEDIA_ORIGIN is {value!r}; it has to be a scheme and a host, such as https://media.example.com."
        )
    return value.rstrip("/")


def ports(value: str) -> dict[str, int]:
    """`"development=8000,production=8001"` as a dict: so `manage.py sidebyside` tells each server of the others."""
    pairs = (item.split("=") for item in comma_separated(value))
    return {name: int(port) for name, port in pairs}
