"""A cache as HTTP describes it (RFC 9111), as small as an experiment needs it: a browser's, or a CDN's (shared).

It keeps answers to GET. Their headers decide: no-store, no-cache, private, max-age, s-maxage; without any of these, an
answer with Last-Modified stays fresh for a tenth of its age, as the RFC suggests. A copy has an Age header, and one
that comes from another cache keeps the age it had there. Within
stale-while-revalidate (RFC 5861) the stale copy is the answer once more, and a new one is fetched behind it. The cache
ignores Vary.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

KEPT_STATUSES = (200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501)  # "heuristically cacheable" by RFC 9110


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept answer; `made`, `fresh_until` and `used_until` (stale, while a new one is fetched) are on the cache's own
    clock, in seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    made: float
    fresh_until: float
    used_until: float


class HttpCache:
    """A cache over `entries`, address -> answer, which it changes."""

    def __init__(self, shared: bool, entries: dict[str, Kept] | None = None) -> None:
        self._shared = shared
        self._entries = {} if entries is None else entries

    def get(
        self,
        address: str,
        now: float,
        ask: Callable[[Mapping[str, str]], tuple[int, Mapping[str, str], bytes]],
    ) -> tuple[int, Mapping[str, str], bytes, bool]:
        """Return (status, headers, body, whether the cache had it).

        `ask` is called with further headers and asks the next cache, or the server.
        """
        kept = self._entries.get(address)
        if kept is not None and now < kept.used_until:
            if now >= kept.fresh_until:
                self._fetch(address, now, kept, ask)
            return kept.status, {**kept.headers, "age": str(int(now - kept.made))}, kept.body, True
        return *self._fetch(address, now, kept, ask), False

    def _fetch(
        self,
        address: str,
        now: float,
        kept: Kept | None,
        ask: Callable[[Mapping[str, str]], tuple[int, Mapping[str, str], bytes]],
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Return (status, headers, body) of a new answer, which is kept where that is allowed."""
        conditions = {}
        if kept is not None and kept.status == 200:
            if "etag" in kept.headers:
                conditions["If-None-Match"] = kept.headers["etag"]
            if "last-modified" in kept.headers:
                conditions["If-Modified-Since"] = kept.headers["last-modified"]
        status, headers, body = ask(conditions)
        made = now - _age(headers)
        if status == 304 and kept is not None:
            status, headers, body = kept.status, {**kept.headers, **headers}, kept.body
        self._entries.pop(address, None)
        if self._may_keep(status, headers):
            lasting = {name: value for name, value in headers.items() if name != "age"}
            fresh_until = made + self._lifetime(headers)
            self._entries[address] = Kept(status, lasting, body, made, fresh_until, fresh_until + self._grace(headers))
        return status, headers, body

    def _may_keep(self, status: int, headers: Mapping[str, str]) -> bool:
        directives = _directives(headers)
        if "no-store" in directives or (self._shared and ("private" in directives or "set-cookie" in headers)):
            return False
        return status in KEPT_STATUSES

    def _lifetime(self, headers: Mapping[str, str]) -> float:
        """Return the seconds for which the answer is fresh."""
        directives = _directives(headers)
        if "no-cache" in directives:
            return 0
        for name in ("s-maxage", "max-age") if self._shared else ("max-age",):
            if directives.get(name, "").isdigit():
                return _seconds(directives, name)
        dates = [_date(headers.get(name)) for name in ("date", "expires", "last-modified")]
        if dates[0] is None:
            return 0
        if dates[1] is not None:
            return max(0.0, dates[1] - dates[0])
        return 0 if dates[2] is None else max(0.0, (dates[0] - dates[2]) / 10)

    def _grace(self, headers: Mapping[str, str]) -> float:
        """Return the seconds for which a stale answer may be used while a new one is fetched."""
        directives = _directives(headers)
        forbidden = {"no-cache", "must-revalidate", *(("proxy-revalidate",) if self._shared else ())}
        return 0.0 if forbidden & directives.keys() else _seconds(directives, "stale-while-revalidate")


def _seconds(directives: Mapping[str, str], name: str) -> float:
    return float(directives[name]) if directives.get(name, "").isdigit() else 0.0


def _directives(headers: Mapping[str, str]) -> dict[str, str]:
    parts = [part.strip().lower().partition("=") for part in headers.get("cache-control", "").split(",")]
    return {name: value.strip('"') for name, _, value in parts if name}


def _age(headers: Mapping[str, str]) -> float:
    """Seconds since the origin made the answer, as the cache that it comes from says."""
    age = headers.get("age", "")
    return float(age) if age.isdecimal() else 0.0


def _date(text: str | None) -> float | None:
    try:
        return None if text is None else parsedate_to_datetime(text).timestamp()
    except ValueError:
        return None
