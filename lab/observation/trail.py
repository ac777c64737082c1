"""How far each request got: a row for each request, a column for each station on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lab.observation import RequestStep, TraceEntry

Kind = Literal["source", "static", "media"]
Came = Literal["came", "wrong", "nobody"]  # what was asked for, another answer, or no component that knows the address

STATIC_HANDLER = "static handler"
MEDIA_ROUTE = "media route"

# The names that are not made of the component's own by leaving out "Middleware".
STATIONS = {
    "StaticFilesHandler": STATIC_HANDLER,
    "URLResolver": "URLs",
    "XFrameOptionsMiddleware": "XFrame",
    "CsrfViewMiddleware": "Csrf",
    "AuthenticationMiddleware": "Auth",
    "ContentSecurityPolicyMiddleware": "CSP",
    "LoginGate": "login gate",
}

# What a reader calls `answered_by`.
ANSWERERS = {
    "none": "nobody",
    "nginx": "nginx",
    "static-handler": "the static handler",
    "whitenoise": "WhiteNoise",
    "login-gate": "the login gate",
    "media-route": "the static() route",
    "view": "a view",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A station of one request: `passed`, or where it `ended`. `was` is the status with which it ended there before."""

    passed: bool = False
    ended: bool = False
    was: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A request and its cells, one for each station of the trail; `title` is what the row is called."""

    step: RequestStep
    cells: tuple[Cell, ...]
    title: str

    @property
    def kind(self) -> Kind:
        """Return the kind of file that was requested."""
        return kind(self.step)

    @property
    def came(self) -> Came:
        """Return what the stamp says of the answer."""
        return came(self.step)


@dataclass(frozen=True, slots=True)
class Trail:
    """`stations` are in the order in which a request meets them."""

    stations: tuple[str, ...]
    rows: tuple[Row, ...]


def trail(now: Sequence[RequestStep], before: Sequence[RequestStep] = ()) -> Trail:
    """Return the trail of these requests; `before` are the requests of the run before, compared by their labels."""
    earlier = {step.label: step for step in before}
    compared = [earlier[step.label] for step in now if step.label in earlier]
    stations = _merged([*map(stops, now), *map(stops, compared)])
    return Trail(
        stations, tuple(Row(step, _cells(step, earlier.get(step.label), stations), step.label) for step in now)
    )


def side_by_side(requests: Sequence[tuple[str, RequestStep]]) -> Trail:
    """Return one trail for requests of several runs, each with the title of its row."""
    stations = _merged([stops(step) for _, step in requests])
    return Trail(stations, tuple(Row(step, _cells(step, None, stations), title) for title, step in requests))


def kind(step: RequestStep) -> Kind:
    """Return the kind of file that a request is about."""
    if step.label in ("css", "admin-css") or step.url.startswith(("/static/", "/assets/")):
        return "static"
    return "media" if step.label in ("media", "upload") or step.url.startswith("/media/") else "source"


def came(step: RequestStep) -> Came:
    """Return whether what was asked for came. A view's redirect after an upload is what was asked for."""
    status = step.status or 0
    if step.answered_by in ("none", None):
        return "nobody"
    stored = step.method == "POST" and status == 302 and step.answered_by == "view"
    if 200 <= status < 300 or status == 304 or stored:
        return "came"
    return "wrong"


def answerer(step: RequestStep) -> str:
    """Return who answered, in a reader's words; of a request that the server itself refused, the server."""
    if step.answered_by in ("none", None) and step.trace and step.trace[-1].component == "gunicorn":
        return "gunicorn"
    return ANSWERERS.get(step.answered_by or "none", step.answered_by or "")


def station(component: str) -> str:
    """Return the name of the station at which a component stands, such as Csrf for CsrfViewMiddleware."""
    return STATIONS.get(component, component.removesuffix("Middleware"))


def stops(step: RequestStep) -> tuple[str, ...]:
    """Return the names of the stations that a request met; what a component calls inside of itself is no stop."""
    names: list[str] = []
    for entry in step.trace:
        name = _station(entry, step)
        if name and name not in names:
            names.append(name)
    return tuple(names)


def _station(entry: TraceEntry, step: RequestStep) -> str:
    component = entry.component
    if component.startswith("nginx"):
        return "nginx"
    if component == "django.views.static.serve":
        return MEDIA_ROUTE if step.answered_by == "media-route" else ""
    if component.startswith("StaticFilesHandler."):
        return STATIC_HANDLER
    if component in ("FileSystemFinder", "AppDirectoriesFinder"):
        return ""
    return station(component)


def _merged(orders: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return all names in one order: each stands right after the nearest name before it that is there already."""
    merged: list[str] = []
    for order in orders:
        place = 0
        for name in order:
            if name in merged:
                place = merged.index(name) + 1
            else:
                merged.insert(place, name)
                place += 1
    return tuple(merged)


def _cells(step: RequestStep, earlier: RequestStep | None, stations: Sequence[str]) -> tuple[Cell, ...]:
    met = stops(step)
    then = stops(earlier) if earlier else ()
    moved = bool(met and then) and (met[-1] != then[-1] or (earlier is not None and earlier.status != step.status))
    return tuple(
        Cell(
            passed=name in met and name != met[-1],
            ended=bool(met) and name == met[-1],
            was=earlier.status if earlier and moved and name == then[-1] and name != met[-1] else None,
        )
        for name in stations
    )
