"""Ports for servers that tests start: below those that outgoing connections take, and elsewhere in every process."""

import os

from mysite.serving import ports

FIRST, STRETCH, RANGE = 20_000, 100, 12_000  # outgoing connections begin at 32768 on Linux, at 49152 elsewhere


def free_port(count: int = 1) -> int:
    """The first of `count` free ports in a row. Test runs side by side begin to look a stretch apart."""
    return ports.free_run(count, start=FIRST + os.getpid() * STRETCH % RANGE)
