"""Who made an answer of a learner's project, as exactly as the trace tells."""

from lab.observation import RequestStep
from lab.probe.trace import VIEW

STATIONS = {
    "static-handler": "runserver’s handler of static files",
    "whitenoise": "WhiteNoise",
    "media-route": "the view django.views.static.serve",
}


def answerer(step: RequestStep) -> str:
    """Return who made the answer, in words; "" where nobody did."""
    if step.answered_by in STATIONS:
        return STATIONS[step.answered_by]
    called = next((entry for entry in step.trace if entry.component.startswith(VIEW)), None)
    if called is not None:
        return f"the view {called.component.removeprefix(VIEW)}"
    if step.answered_by == "view":
        asked = any(entry.component == "URLResolver" for entry in step.trace)
        return "the project" if asked else "the project, before any view was asked"
    return step.answered_by or "" if step.answered_by != "none" else ""
