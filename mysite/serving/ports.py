"""Loopback ports: which are free, and whether a site answers there.

Standard library only: start.py reads this before Django is installed.
"""

import http.client
import socket
import sys

HOST = "127.0.0.1"
HIGHEST_PORT = 65535


def is_free(port: int) -> bool:
    """Whether a server could listen there, as far as one can know without doing so. PermissionError: reserved ports."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        # macOS and Windows let a second socket bind next to one that listens on all addresses, so we knock as well.
        if probe.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as probe:
        if sys.platform != "win32":  # a port whose last connections are still closing is free, except to a strict bind
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise
        except OSError:
            return False
    return True


def free_run(count: int, start: int) -> int:
    """The first port from `start` on that begins `count` free ones in a row. Raises RuntimeError when there is none."""
    for first in range(start, HIGHEST_PORT - count + 2):
        if all(is_free(port) for port in range(first, first + count)):
            return first
    raise RuntimeError(f"No {count} free ports in a row between {start} and {HIGHEST_PORT}.")


def complaint(first: int, count: int) -> str | None:
    """Why `count` servers cannot have the ports from `first` on, and what to try; None when they can."""
    last = first + count - 1
    if not 1 <= first <= last <= HIGHEST_PORT:
        return (
            f"--port {first} is out of range: {count} ports are needed, so choose 1024 to {HIGHEST_PORT - count + 1}."
        )
    try:
        busy = [str(port) for port in range(first, last + 1) if not is_free(port)]
    except PermissionError:
        return f"Port {first} is reserved for the system. Choose one from 1024 on, for example: --port 8000"
    if not busy:
        return None
    ports = f"Port {busy[0]} is" if len(busy) == 1 else f"Ports {' and '.join(busy)} are"
    suggestion = free_run(count, start=max(8010, last + 1) if last < HIGHEST_PORT - 100 else 8010)
    return (
        f"{ports} already in use by another program, perhaps this same site in another window.\n"
        f"Stop that one, or choose other ports: --port {suggestion}"
    )


def answers(port: int, path: str = "/healthz") -> bool:
    """Whether the site answers there right now. 503 is an answer: it names the part that is broken."""
    connection = http.client.HTTPConnection(HOST, port, timeout=6)  # longer than serving.health takes at most
    try:
        connection.request("GET", path)
        return connection.getresponse().status in (200, 503)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
