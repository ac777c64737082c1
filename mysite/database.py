"""DATABASE_URL as Django's own settings for a database.

No library for this: two kinds of databases are supported, and what each needs besides its address is what matters.
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORMS = "sqlite:////path/to/db.sqlite3 or postgres://user:password@host:5432/name"


def from_url(url: str, pool_size: int = 10) -> dict[str, Any]:
    """The entry for DATABASES. Raises ImproperlyConfigured, without repeating the password, for what it can't read."""
    scheme = url.partition(":")[0]
    if url.startswith("sqlite:///"):
        return sqlite(Path(unquote(url.removeprefix("sqlite:///"))))
    if scheme in ("postgres", "postgresql"):
        return postgresql(url, pool_size)
    raise ImproperlyConfigured(f"DATABASE_URL begins with {scheme!r}; it must look like {FORMS}.")


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Two modes and several uploads write at once: a write lock taken at the start of a transaction
            # waits for its turn, one taken half-way fails with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what a visitor was told is kept, is kept, also when the power fails in the next moment.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgresql(url: str, pool_size: int) -> dict[str, Any]:
    """`postgres://user:password@host:port/name?sslmode=require`; a host of `%2Fvar%2Frun%2Fpostgresql` is a socket.

    The server has hundreds of threads and PostgreSQL takes a hundred connections: a thread that keeps one for itself
    is a site that stops under load. So each process lends out `pool_size` of them, for one request at a time.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        # `from None`: what could not be read may be a part of the password, and tracebacks get around.
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read; it must look like {FORMS}, with / @ : # in a password as %2F %40 %3A %23."
        ) from None
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database; it must look like {FORMS}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host(parts),
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,  # a connection that PostgreSQL hung up on meanwhile is noticed before it is used
        "OPTIONS": {
            "connect_timeout": 5,
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10},  # seconds
            **query,  # such as sslmode
        },
    }


def host(parts: SplitResult) -> str:
    """The host, or the folder of a socket, whose upper-case letters `hostname` would not keep."""
    written = parts.netloc.rpartition("@")[2]
    if written[:3].lower() == "%2f":
        return unquote(written.partition(":")[0])
    return parts.hostname or ""
