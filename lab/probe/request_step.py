"""A server's answer as a step of an observation."""

import hashlib

from lab.observation import Fault, RequestStep
from lab.observation.normalise import Normaliser, is_text
from lab.probe.http_message import Answer
from lab.probe.normalised import normalised_fault
from lab.probe.server import Trace

EXCERPT_CHARACTERS = 2000


def request_step(
    label: str,
    method: str,
    url: str,
    answer: Answer,
    *,
    normaliser: Normaliser,
    trace: Trace,
    by: str,
    ms: float,
) -> RequestStep:
    """Return the step of a request; `by` says who answered, and `ms` is how long it took."""
    components, fault = trace
    content_type = answer.headers.get("content-type", "")
    content = normaliser.body(answer.body, content_type)
    failed = answer.status == 500
    readable = is_text(content_type) and "content-encoding" not in answer.headers
    return RequestStep(
        label=label,
        method=method,
        url=url,
        status=answer.status,
        headers=normaliser.headers(answer.headers, status=answer.status, length=len(content)),
        bytes=None if failed else len(content),
        sha256=None if failed else hashlib.sha256(content).hexdigest(),
        excerpt=content.decode("utf-8", "replace")[:EXCERPT_CHARACTERS] if readable else "",
        answered_by=by,
        trace=components,
        ms=ms,
        error=normalised_fault(fault, normaliser) if failed else None,
    )


def not_sent(label: str, method: str, url: str, why: str | None = None) -> RequestStep:
    """Return the step of a request that was not made; `why` where the plan did not mean it so."""
    error = None if why is None else Fault("NotSent", why)
    return RequestStep(label, method, url, None, {}, None, None, "", None, (), 0.0, error=error)


def not_answered(label: str, method: str, url: str, why: str) -> RequestStep:
    """Return the step of a request that was made, and to which nothing came back."""
    return RequestStep(label, method, url, None, {}, None, None, "", None, (), 0.0, error=Fault("NotAnswered", why))
