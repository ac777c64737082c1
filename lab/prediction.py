"""What a learner may predict of an experiment, and what really came: read from the observation, stored nowhere."""

from dataclasses import dataclass

from lab.observation import Observation


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    label: str


OUTCOMES = (
    Outcome("app1", "The stylesheet is app1’s app.css"),
    Outcome("app2", "The stylesheet is app2’s app.css"),
    Outcome("project", "The stylesheet is the project’s own app.css"),
    Outcome("404", "The stylesheet is a 404"),
    Outcome("login", "The stylesheet’s address leads to the login page"),
    Outcome("elsewhere", "The page names another host for the stylesheet"),
    Outcome("page-fails", "The page itself fails"),
    Outcome("refused", "Django refuses to start the project"),
)
BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}


def outcome(observation: Observation) -> Outcome:
    """The one of OUTCOMES that happened to the stylesheet. Raises LookupError for an observation that fits none."""
    if observation.refused:
        return BY_NAME["refused"]
    css = observation.request("css")
    if css is None:
        return BY_NAME["page-fails"]
    if css.status is None:
        return BY_NAME["elsewhere"]
    if css.source is not None:
        owner = css.source.split("/", 1)[0]
        return BY_NAME["project" if owner == "static" else owner]
    if css.status in (301, 302):
        return BY_NAME["login"]
    if css.status == 404:
        return BY_NAME["404"]
    raise LookupError(f"no outcome for a stylesheet with status {css.status} and no source")
