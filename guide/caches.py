"""Two deploys as a browser and a CDN live through them, worked out from the Cache-Control that was observed.

Both keep an answer under its address for max-age seconds (RFC 9111) and ask again after that. Nothing else is assumed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lab.observation import Observation, RequestStep

# Who opens the page, and when, in seconds. The second deploy comes at DEPLOY.
VISITS = (("Ann", 0), ("Ann", 20), ("Ann", 40), ("Ben", 45), ("Ann", 100))
DEPLOY = 30
PLACES = ("browser", "CDN", "server")


@dataclass(frozen=True)
class Visit:
    """`answered_by` is one of PLACES; `fits` is whether the stylesheet is that of the page's own deploy."""

    who: str
    second: int
    deploy: int
    url: str
    answered_by: str
    fits: bool

    @property
    def reach(self) -> int:
        """How many of PLACES were asked."""
        return PLACES.index(self.answered_by) + 1


@dataclass
class _Copy:
    deploy: int
    expires: int


def visits(first: Observation, second: Observation) -> tuple[Visit, ...]:
    """The visits, when `first` is deployed until DEPLOY and `second` from then on. Raises LookupError without a css."""
    answers = [_css(first), _css(second)]
    caches: dict[str, dict[str, _Copy]] = {}
    seen = []
    for who, now in VISITS:
        deploy = 0 if now < DEPLOY else 1
        answer = answers[deploy]
        by, copy = _ask((caches.setdefault(who, {}), caches.setdefault("CDN", {})), answer, deploy, now)
        seen.append(Visit(who, now, deploy + 1, answer.url, by, copy.deploy == deploy))
    return tuple(seen)


def first_after_deploy(seen: Sequence[Visit]) -> tuple[Visit, ...]:
    """Everybody's first visit after the second deploy, in the order of the visits."""
    firsts: dict[str, Visit] = {}
    for visit in seen:
        if visit.deploy == 2:
            firsts.setdefault(visit.who, visit)
    return tuple(firsts.values())


def _ask(caches: Sequence[dict[str, _Copy]], answer: RequestStep, deploy: int, now: int) -> tuple[str, _Copy]:
    by, copy = PLACES[-1], _Copy(deploy, now + max_age(answer))
    for place, cache in zip(PLACES, caches, strict=False):
        kept = cache.get(answer.url)
        if kept and now < kept.expires:
            by, copy = place, kept
            break
    for cache in caches:
        cache[answer.url] = copy  # a copy keeps its age on its way down
        if by == "browser":
            break
    return by, copy


def max_age(answer: RequestStep) -> int:
    """Seconds for which the answer may be kept without asking; 0 where nothing is said."""
    found = re.search(r"max-age=(\d+)", answer.headers.get("cache-control", ""))
    return int(found[1]) if found else 0


def _css(observation: Observation) -> RequestStep:
    step = observation.request("css")
    if step is None:
        raise LookupError("no stylesheet was asked for")
    return step
