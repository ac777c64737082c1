"""What a picture shows, read from observations: a race, and the ways that files take."""

from collections.abc import Iterable
from dataclasses import dataclass

from guide.evidence import evidence
from guide.finder_race import ORDER_SETTINGS, Lane, Place
from lab.evidence import catalogue
from lab.observation import Observation, RequestStep
from lab.observation.trail import answerer

FINDERS = {"dirs": "FileSystemFinder", "apps": "AppDirectoriesFinder"}  # by their names in the knob


def race(observation: Observation, path: str = "app.css") -> tuple[Lane, ...]:
    """The finders of the mini-project on their way to `path`; who won is read from the answer that came."""
    step = observation.request("css")
    winner = step.source if step else None
    over = False
    lanes = []
    for name in observation.experiment["finders"].split(","):
        places = []
        for owner, folder in _folders(name, observation):
            has_it = f"{folder}/{path}" in observation.files
            part = "wins" if has_it and f"{folder}/{path}" == winner and not over else "loses" if has_it else "empty"
            if over and not has_it:
                part = "unasked"
            over = over or part == "wins"
            places.append(Place(owner, folder, part))
        lanes.append(Lane(FINDERS[name], ORDER_SETTINGS[FINDERS[name]], tuple(places)))
    return tuple(lanes)


def _folders(finder: str, observation: Observation) -> Iterable[tuple[str, str]]:
    if finder == "dirs":
        return [("the project", "static")] if observation.experiment["project_static"] == "plain" else []
    apps = observation.experiment["apps"].split(",")
    return [(app, f"{app}/static") for app in apps]


@dataclass(frozen=True)
class Station:
    """A box on a file's way: `kind` colours it (source, static, media, or nothing)."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Flow:
    """A file's way from where it lies to the browser; `status` is None where no request was made."""

    what: str
    stations: tuple[Station, ...]
    status: int | None


@dataclass(frozen=True)
class Mode:
    """A server with the ways of its stylesheet and of an uploaded picture."""

    title: str
    query: str
    flows: tuple[Flow, ...]


def modes(names: Iterable[str]) -> tuple[Mode, ...]:
    """Where each of these servers reads and writes, for names of catalogue.WHO_SERVES_WHAT."""
    rows = {row.name: row for row in catalogue.WHO_SERVES_WHAT}
    return tuple(_mode(rows[name]) for name in names)


def _mode(row: catalogue.Entry) -> Mode:
    seen = evidence(row.experiment).here
    css, media = seen.request("css"), seen.request("media")
    flows = []
    if css is not None:
        origin = [Station(css.source or "app1/static/app.css", "source")]
        if seen.static_root:
            origin += [Station("collectstatic"), Station("STATIC_ROOT/" + css.url.rpartition("/")[2], "static")]
        flows.append(Flow("static", (*origin, _server(css)), css.status))
    if media is not None:
        stored = tuple(Station(f"MEDIA_ROOT/{file.path}", "media") for file in seen.media_root)
        flows.append(
            Flow("media", (Station("a visitor"), Station("the upload view"), *stored, _server(media)), media.status)
        )
    return Mode(row.title, row.experiment.query, tuple(flows))


def _server(step: RequestStep) -> Station:
    return Station(answerer(step))
