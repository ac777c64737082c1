"""Words for predicates: what one looks for in an observation, and the experiments that claims have in common."""

from lab.experiment import Experiment
from lab.observation import CommandStep, Fault, Observation, RequestStep

X = Experiment
FOR_EVER = "max-age=315360000, public, immutable"


def css(seen: Observation) -> RequestStep:
    return request(seen, "css")


def request(seen: Observation, label: str) -> RequestStep:
    """Raises LookupError when that request was not made, which no claim survives."""
    step = seen.request(label)
    if step is None:
        raise LookupError(f"no request {label}")
    return step


def said(seen: Observation, *words: str) -> CommandStep:
    """The command with these words in its command line. Raises LookupError."""
    for command in reversed(seen.commands):
        if all(word in command.argv for word in words):
            return command
    raise LookupError(f"no command with {words}")


def failure(step: RequestStep | CommandStep) -> Fault:
    """The exception that a step ended with. Raises LookupError when it ended well."""
    if step.error is None:
        raise LookupError(f"no exception in {step}")
    return step.error


def served(seen: Observation, app: str) -> bool:
    step = css(seen)
    return step.status == 200 and step.source is not None and step.source.startswith(f"{app}/static/")


def status(seen: Observation, label: str) -> int | None:
    return request(seen, label).status


def components(step: RequestStep) -> list[str]:
    """The stations of a request, in their order."""
    return [entry.component for entry in step.trace]


def collected(seen: Observation) -> set[str]:
    """The paths in STATIC_ROOT."""
    return {file.path for file in seen.static_root}


PRODUCTION = {"debug": "off", "server": "gunicorn", "whitenoise": "after-security"}
HASHED = {**PRODUCTION, "storage": "whitenoise-manifest", "collect": "yes"}
NGINX = {"debug": "off", "server": "nginx", "collect": "yes"}
