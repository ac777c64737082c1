"""What every server has in common: it answers a request, and reports the path that the request took."""

from collections.abc import Callable
from typing import Protocol

from lab.observation import Fault, TraceEntry

# The components that a request passed, and the exception that it ended with.
Trace = tuple[tuple[TraceEntry, ...], Fault | None]


class ServerDidNotStart(RuntimeError):
    """The server process ended, or did not listen in time. The message is the end of what it printed."""


class ServerNotInstalled(ServerDidNotStart):
    """This machine does not have the server. The message names it."""


class NotAnswered(Exception):
    """The server closed the connection without an answer, or none came in time. The message says which."""


class Server(Protocol):
    """Answers requests, and knows by which path the last one went."""

    def exchange(self, request: bytes, pause: Callable[[], None] | None = None, seconds: float = 0.0) -> bytes:
        """Return the response to a request; `pause` is called when half of its body has been sent.

        Waits `seconds` for it, or as long as the server's kind needs. Raises NotAnswered.
        """
        ...

    def trace(self, path: str) -> Trace:
        """Return the trace of the request since the last call; `path` is its path."""
        ...

    def answered_alone(self) -> bool:
        """Return whether the last request was answered before it reached Python, which nginx can do."""
        ...
