"""The mini-project's page and its stylesheet, answered again exactly as they were observed, for a sandboxed frame.

The visitor's own browser then decides whether it applies the stylesheet.
"""

from dataclasses import dataclass
from html import escape

from lab.observation import Observation, RequestStep


@dataclass(frozen=True, slots=True)
class Replay:
    """An answer to give again."""

    status: int
    content_type: str
    body: str


def page(observation: Observation, stylesheet_url: str) -> Replay | None:
    """Return the page, whose stylesheet has the address `stylesheet_url`; None when there was no page."""
    step = observation.request("page")
    css = observation.request("css")
    if step is None or step.status != 200:
        return None
    body = step.excerpt
    if css is not None and css.status is not None:
        body = body.replace(f'href="{escape(css.url)}"', f'href="{escape(stylesheet_url)}"')
    return Replay(200, step.headers.get("content-type", "text/html"), body)


def stylesheet(observation: Observation) -> Replay | None:
    """Return the answer to the page's stylesheet; None when it was not requested."""
    step = observation.request("css")
    if step is None or step.status is None:
        return None
    return Replay(step.status, step.headers.get("content-type", ""), _body(step, observation))


def _body(step: RequestStep, observation: Observation) -> str:
    return observation.files[step.source] if step.source else step.excerpt
