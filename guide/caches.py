"""Two deploys as a browser and a CDN live through them, worked out from the Cache-Control that was observed.

Both are the cache that exercises ask (lab.probe.http_cache). Records have no dates, so Cache-Control alone decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.observation import Observation, RequestStep
from lab.probe.http_cache import HttpCache

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


def visits(first: Observation, second: Observation) -> tuple[Visit, ...]:
    """The visits, when `first` is deployed until DEPLOY and `second` from then on. Raises LookupError without a css."""
    answers = [_css(first), _css(second)]
    cdn = HttpCache(shared=True)
    browsers = {who: HttpCache(shared=False) for who, _ in VISITS}
    seen = []
    for who, now in VISITS:
        deploy = 0 if now < DEPLOY else 1
        answer = answers[deploy]
        by, came_from = _asked(browsers[who], cdn, answer, deploy, now)
        seen.append(Visit(who, now, deploy + 1, answer.url, by, came_from == deploy))
    return tuple(seen)


# The picture, in its own units: seconds become lengths along one axis for everybody.
END = 110  # seconds that it shows
LEFT, SECOND, TOP, LANE = 96, 5.6, 46, 34


@dataclass(frozen=True)
class Copy:
    """How long one place keeps one stylesheet: a bar from `start` for `length`, at the height `y`."""

    start: float
    length: float
    y: int
    deploy: int


@dataclass(frozen=True)
class Dot:
    """A visit: a point of its visitor's lane, with what came."""

    x: float
    y: int
    fits: bool


@dataclass(frozen=True)
class Drawing:
    """Lanes (name, y), the copies in them, the visits, and the place of the second deploy."""

    lanes: tuple[tuple[str, int], ...]
    copies: tuple[Copy, ...]
    dots: tuple[Dot, ...]
    deploy_x: float
    ticks: tuple[tuple[int, float], ...]
    height: int


def drawing(seen: Sequence[Visit], max_age: int) -> Drawing:
    """Return the visits to scale; `max_age` is how many seconds a copy is used without asking."""
    names = [*dict.fromkeys(visit.who for visit in seen), "CDN"]
    heights = {name: TOP + LANE * number for number, name in enumerate(names)}
    copies = []
    made: dict[int, int] = {}  # when the server gave the CDN its copy of a deploy's stylesheet
    for visit in seen:
        content = visit.deploy if visit.fits else 1
        places = {"browser": (), "CDN": (visit.who,), "server": (visit.who, "CDN")}[visit.answered_by]
        if visit.answered_by == "server":
            made[content] = visit.second
        for place in places:  # a copy from the CDN has an Age: it is as old as the CDN's
            until = min(made[content] + max_age, END)
            copies.append(Copy(_x(visit.second), round((until - visit.second) * SECOND, 1), heights[place], content))
    dots = tuple(Dot(_x(visit.second), heights[visit.who], visit.fits) for visit in seen)
    ticks = tuple((second, _x(second)) for second in range(0, END, 20))
    lanes = tuple((name, y) for name, y in heights.items())
    return Drawing(lanes, tuple(copies), dots, _x(DEPLOY), ticks, TOP + LANE * len(names))


def _x(second: float) -> float:
    return round(LEFT + SECOND * second, 1)


def first_after_deploy(seen: Sequence[Visit]) -> tuple[Visit, ...]:
    """Everybody's first visit after the second deploy, in the order of the visits."""
    firsts: dict[str, Visit] = {}
    for visit in seen:
        if visit.deploy == 2:
            firsts.setdefault(visit.who, visit)
    return tuple(firsts.values())


def _asked(browser: HttpCache, cdn: HttpCache, answer: RequestStep, deploy: int, now: int) -> tuple[str, int]:
    """Return which of PLACES answered, and the deploy that the answer was made in."""
    by = PLACES[0]

    def ask_server(_conditions: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        return answer.status or 0, answer.headers, str(deploy).encode()

    def ask_cdn(_conditions: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        nonlocal by
        status, headers, body, here = cdn.get(answer.url, now, ask_server)
        by = PLACES[1] if here else PLACES[2]
        return status, headers, body

    _, _, body, _ = browser.get(answer.url, now, ask_cdn)
    return by, int(body)


def _css(observation: Observation) -> RequestStep:
    step = observation.request("css")
    if step is None:
        raise LookupError("no stylesheet was asked for")
    return step
