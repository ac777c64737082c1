"""Why it ended so: one sentence about the request that an outcome is about, read from the observation."""

from lab.observation import Observation, RequestStep
from lab.observation.trail import ANSWERERS, answerer, kind

LONGEST = 240  # characters of an exception's message


def reason(observation: Observation, about: str = "css") -> str:
    """Return the sentence, with code between backticks; `about` is a key of outcome.SUBJECTS."""
    if observation.refused:
        return f"`{observation.refused.type}`: {_first_line(observation.refused.message)}"
    step = asked(observation, about) or observation.request("page")
    if step is None:
        return "There was no such request."
    if step.error:
        return f"`{step.error.type}: {_first_line(step.error.message)}`"
    if step.status is None:
        return f"A browser asks `{step.url}`, which is not this project."
    return _not_collected(observation, step) or _answered(step)


def _not_collected(observation: Observation, step: RequestStep) -> str:
    """Return the sentence for a server of STATIC_ROOT that found it empty, or ""."""
    if step.status != 404 or kind(step) != "static" or observation.static_root:
        return ""
    if step.answered_by == "nginx":
        return f"nginx looks for `{step.url}` in `STATIC_ROOT`, which is empty: nothing was collected."
    if any(entry.component.startswith("WhiteNoise") for entry in step.trace):
        return f"WhiteNoise has no `{step.url}`: `STATIC_ROOT` is empty, because nothing was collected."
    return ""


def asked(observation: Observation, about: str) -> RequestStep | None:
    """Return the request of that subject that came last, or the one without which there was none."""
    labels = {"css": ("css", "page"), "media": ("media", "upload"), "bundle": ("bundle", "page")}[about]
    return next((step for label in labels if (step := observation.request(label))), None)


def _answered(step: RequestStep) -> str:
    if answerer(step) == ANSWERERS["none"]:
        return f"No middleware serves `{step.url}`, and no route in `urls.py` matches it."
    if step.answered_by == "static-handler" and step.status == 404:
        return f"The static handler takes `{step.url}`, and no finder has that file."
    who = answerer(step)
    sentence = f"{_capital(who)} answers `{step.method} {step.url}` with {step.status}"
    if step.source:
        return f"{sentence} and the content of `{step.source}`."
    if step.headers.get("location"):
        return f"{sentence} and sends the browser to `{step.headers['location']}`."
    return f"{sentence}."


def _capital(who: str) -> str:
    """Return the name as it begins a sentence; a product's own name, such as nginx, stays as it is."""
    return f"{who[0].upper()}{who[1:]}" if who.startswith(("the ", "a ")) else who


def _first_line(message: str) -> str:
    """Return the line that says what is wrong: of several, the first that names a check or an exception's text."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    telling = [line for line in lines if not line.endswith("issues:") and line not in ("ERRORS:", "WARNINGS:")]
    line = (telling or lines or [""])[0].removeprefix("?: ")
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
