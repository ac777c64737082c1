"""Taking part in a class: my_workshop/joined.json names a board, which gets each change of the progress."""

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workshop.progress import Standing, Standings

FILE = "joined.json"
SECONDS = 1.0  # for each step of the exchange with the board
JOIN_SECONDS = 5.0
REST_SECONDS = 30.0  # for which a board that did not answer is left in peace
ANSWER_BYTES = 10_000


class JoinError(Exception):
    """The board cannot be joined. The message says why, on one line."""


class UnknownThere(JoinError):
    """The board does not know this participant: it was started again, or never did."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A participant's place on a board. Anyone who has the `token` is that participant."""

    url: str
    name: str
    token: str


def joined(folder: Path) -> Joined | None:
    """What the file in `folder` says; None without a file that can be read."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Joined(*(str(data[key]) for key in ("url", "name", "token")))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def join(folder: Path, url: str, name: str, standings: Standings) -> Joined:
    """Take a place on the board at `url` and tell it how things stand. Raises JoinError, and OSError when nothing can
    be written."""
    url = address(url)
    before = joined(folder)
    token = before.token if before is not None and before.url == url else ""
    answer = post(url, "join", {"name": name, "token": token}, JOIN_SECONDS)
    place = Joined(url, str(answer.get("name", name)), str(answer.get("token", "")))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).touch(mode=0o600)  # anyone who reads the token can speak in this name
    (folder / FILE).chmod(0o600)
    (folder / FILE).write_text(json.dumps(asdict(place)) + "\n", encoding="utf-8")
    if standings:
        post(url, "progress", report(place.token, None, standings), JOIN_SECONDS)
    return place


def leave(folder: Path) -> Joined | None:
    """Give the place back; the board forgets it, if it can be reached. None when there was none."""
    place = joined(folder)
    if place is not None:
        with contextlib.suppress(JoinError):
            post(place.url, "leave", {"token": place.token}, SECONDS)
    (folder / FILE).unlink(missing_ok=True)
    return place


def address(text: str) -> str:
    """The board's address with a slash at its end. Raises JoinError."""
    parts = urlsplit(text if "//" in text else f"http://{text}")
    try:
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.username:
        raise JoinError(f"{text!r} is no address of a board. It looks like http://192.168.1.20:9000/")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def report(token: str, at: str | None, standings: Standings) -> dict[str, Any]:
    """What the board is told; `at` is the exercise that was worked on just now. `age` is in seconds, from the
    beginning until now or until the exercise was passed: the clocks of two machines differ."""
    return {
        "token": token,
        "at": at,
        "exercises": {name: _told(standing) for name, standing in standings.items() if standing.started},
    }


def _told(standing: Standing) -> dict[str, Any]:
    until = datetime.now(UTC) if standing.passed is None else _time(standing.passed)
    return {
        "age": max(0, round((until - _time(standing.started or "")).total_seconds())),
        "checks": standing.checks,
        "hints": standing.hints,
        "passed": standing.passed is not None,
        "held": list(standing.held),
    }


def _time(text: str) -> datetime:
    """Of a progress file, where UTC is meant without a word."""
    time_ = datetime.fromisoformat(text)
    return time_ if time_.tzinfo else time_.replace(tzinfo=UTC)


def post(url: str, what: str, data: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """The board's answer. Raises JoinError."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        headers = {"Content-Type": "application/json", "Connection": "close"}
        connection.request("POST", parts.path + what, json.dumps(data), headers)
        response = connection.getresponse()
        answer = json.loads(response.read(ANSWER_BYTES))
    except (OSError, http.client.HTTPException) as error:
        raise JoinError(f"The board at {url} does not answer ({error or type(error).__name__}).") from error
    except (ValueError, RecursionError) as error:
        raise JoinError(f"What answers at {url} is no board.") from error
    finally:
        connection.close()
    if not isinstance(answer, dict) or response.status not in (200, 400, 409, 410, 413, 429, 503):
        raise JoinError(f"What answers at {url} is no board.")
    if response.status == 410:
        raise UnknownThere(str(answer.get("error", "")))
    if response.status != 200:
        raise JoinError(str(answer.get("error", "The board refuses it without a reason.")))
    return answer


class Messenger:
    """Tells the board in the background. Whatever becomes of it, a check is neither slower nor worse for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread: threading.Thread | None = None
        self._resting_until = 0.0
        self._next: tuple[str, dict[str, Standing]] | None = None
        self._lock = threading.Lock()

    def tell(self, at: str, standings: Standings) -> None:
        """Of these standings, soon; only the latest counts. Without a board nothing happens."""
        if not (self._folder / FILE).is_file() or time.monotonic() < self._resting_until:
            return
        with self._lock:
            self._next = (at, dict(standings))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Until all is told, at most that long."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._next is None:
                    self._thread = None
                    return
                (at, standings), self._next = self._next, None
            place = joined(self._folder)
            if place is not None:
                try:
                    self._send(place, at, standings)
                except (JoinError, OSError):
                    self._resting_until = time.monotonic() + REST_SECONDS

    def _send(self, place: Joined, at: str, standings: Standings) -> None:
        try:
            post(place.url, "progress", report(place.token, at, standings), SECONDS)
        except UnknownThere:  # the board was started again: the same name, if nobody else has taken it meanwhile
            fresh = join(self._folder, place.url, place.name, {})
            post(fresh.url, "progress", report(fresh.token, at, standings), SECONDS)
