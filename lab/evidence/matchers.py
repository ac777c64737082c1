"""Words for predicates: what claims look for in an observation, and the knobs that they have in common."""

from lab.experiment import Experiment, Knobs
from lab.observation import CommandStep, Fault, Observation, RequestStep

X = Experiment
FOR_EVER = "max-age=315360000, public, immutable"


def css(seen: Observation) -> RequestStep:
    return request(seen, "css")


def request(seen: Observation, label: str) -> RequestStep:
    """Return that request. Raises LookupError, which makes a claim false, when it was not made."""
    step = seen.request(label)
    if step is None:
        raise LookupError(f"no request {label}")
    return step


def said(seen: Observation, *words: str) -> CommandStep:
    """Return the last command with these words in its command line. Raises LookupError when there is none."""
    for command in reversed(seen.commands):
        if all(word in command.argv for word in words):
            return command
    raise LookupError(f"no command with {words}")


def failure(step: RequestStep | CommandStep) -> Fault:
    """Return the exception that a step ended with. Raises LookupError when it ended without one."""
    if step.error is None:
        raise LookupError(f"no exception in {step}")
    return step.error


def served(seen: Observation, app: str) -> bool:
    step = css(seen)
    return step.status == 200 and step.source is not None and step.source.startswith(f"{app}/static/")


def status(seen: Observation, label: str) -> int | None:
    return request(seen, label).status


def components(step: RequestStep) -> list[str]:
    """Return the components that a request passed, in their order."""
    return [entry.component for entry in step.trace]


def middleware(step: RequestStep) -> set[str]:
    """Return the middleware that a request passed."""
    return {name.partition(".")[0] for name in components(step) if "Middleware" in name}


def collected(seen: Observation) -> set[str]:
    """Return the paths in STATIC_ROOT."""
    return {file.path for file in seen.static_root}


PRODUCTION: Knobs = {"debug": "off", "server": "gunicorn", "whitenoise": "after-security"}
HASHED: Knobs = {**PRODUCTION, "storage": "whitenoise-manifest", "collect": "yes"}
NGINX: Knobs = {"debug": "off", "server": "nginx", "collect": "yes"}
