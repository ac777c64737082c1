"""What a learner may predict of an experiment, and what really happened: read from the observation, never stored."""

from dataclasses import dataclass

from lab.observation import Observation


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that may happen; `about` is a key of SUBJECTS, and `wanted` tells that a reader wants it to happen."""

    name: str
    label: str
    about: str
    wanted: bool = False


SUBJECTS = {"css": "The page and its stylesheet", "media": "An uploaded picture", "bundle": "A bundle of scripts"}
OUTCOMES = (
    Outcome("app1", "The stylesheet is app1’s app.css", "css", wanted=True),
    Outcome("app2", "The stylesheet is app2’s app.css", "css", wanted=True),
    Outcome("project", "The stylesheet is the project’s own app.css", "css", wanted=True),
    Outcome("404", "The stylesheet returns 404", "css"),
    Outcome("login", "The stylesheet redirects to the login page", "css"),
    Outcome("elsewhere", "The page names another host for the stylesheet", "css"),
    Outcome("page-fails", "The page itself fails", "css"),
    Outcome("refused", "Django refuses to start the project", "css"),
    Outcome("picture-shown", "The uploaded picture is shown", "media", wanted=True),
    Outcome("picture-404", "The picture is stored, and its address returns 404", "media"),
    Outcome("upload-refused", "The form refuses the picture", "media"),
    Outcome("upload-fails", "The upload fails with status 500", "media"),
    Outcome("upload-login", "The upload redirects to the login page", "media"),
    Outcome("no-upload", "No picture is uploaded", "media"),
    Outcome("bundle-served", "The bundle is served", "bundle", wanted=True),
    Outcome("bundle-404", "The bundle returns 404", "bundle"),
    Outcome("no-bundle", "No bundle is requested", "bundle"),
)
NOT_RUN = Outcome("not-run", "Not run to its end: this machine lacks a part of it", "")  # nothing to predict
BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}


def by_subject(*, with_bundle: bool = True) -> tuple[tuple[str, tuple[Outcome, ...]], ...]:
    """Return the outcomes by what they are about, for a list to choose from; only variations have bundles."""
    return tuple(
        (title, tuple(outcome for outcome in OUTCOMES if outcome.about == about))
        for about, title in SUBJECTS.items()
        if with_bundle or about != "bundle"
    )


def outcome(observation: Observation, about: str = "css") -> Outcome:
    """Return the outcome of that subject, or NOT_RUN. Raises LookupError when the observation fits none."""
    if observation.not_installed:
        return NOT_RUN
    if observation.refused:
        return BY_NAME["refused"]
    return BY_NAME[{"css": _stylesheet, "media": _picture, "bundle": _bundle}[about](observation)]


def _stylesheet(observation: Observation) -> str:
    css = observation.request("css")
    if css is None:
        return "page-fails"
    if css.status is None:
        return "elsewhere"
    if css.source is not None:
        owner = css.source.split("/", 1)[0]
        return "project" if owner == "static" else owner
    if css.status in (301, 302):
        return "login"
    if css.status == 404:
        return "404"
    raise LookupError(f"no outcome for a stylesheet with status {css.status} and no source")


def _picture(observation: Observation) -> str:
    upload, media = observation.request("upload"), observation.request("media")
    if media is not None:
        return "picture-shown" if media.status == 200 else "picture-404"
    if upload is None:
        return "no-upload"
    return {200: "upload-refused", 302: "upload-login"}.get(upload.status or 0, "upload-fails")


def _bundle(observation: Observation) -> str:
    bundle = observation.request("bundle")
    if bundle is None:
        return "no-bundle"
    return "bundle-served" if bundle.status == 200 else "bundle-404"
