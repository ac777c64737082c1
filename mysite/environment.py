"""Settings that come from environment variables."""

import os
import re

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


def number(name: str, default: int) -> int:
    """The variable as a whole number from 1 on. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "") or str(default)
    if not (value.isascii() and value.isdecimal() and int(value) > 0):
        raise ImproperlyConfigured(f"The environment variable {name} is {value!r}; it must be a number from 1 on.")
    return int(value)


def origin(value: str, name: str = "MEDIA_ORIGIN") -> str:
    """`"https://user.example/"` without its slash; empty stays empty. Raises ImproperlyConfigured for more."""
    if value and not re.fullmatch(r"https?://(\[[0-9a-f:]+\]|[\w.-]+)(:\d+)?/?", value, re.ASCII | re.IGNORECASE):
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it has to be a scheme and a host, such as https://example-usercontent.com."
        )
    return value.rstrip("/")


def ports(value: str) -> dict[str, int]:
    """`"development=8000,production=8001"` as a dict: so `manage.py sidebyside` tells each server of the others."""
    pairs = (item.split("=") for item in comma_separated(value))
    return {name: int(port) for name, port in pairs}
