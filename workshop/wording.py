"""Expectations in a person's words: "css (GET /static/app.css): the status is 200"."""

from collections.abc import Mapping, Sequence

from lab.checker.expectation import COMPARING, Expectation, Judgement
from lab.experiment.plan import Command, Look, Plan, Request, Serve

FIELDS = {
    "status": "the status",
    "exit": "the exit code",
    "output": "what it prints",
    "error": "the exception",
    "url": "the address",
    "body": "the text",
    "bytes": "the size in bytes",
    "sha256": "the content",
    "count": "the number of files",
    "names": "the files",
    "found": "what a search of the files finds",
    "mode": "the permissions",
    "kinds": "the formats",
    "kind": "the format",
    "sizes": "the sizes",
    "size": "the size",
    "gps": "a place in it",
}
VERBS = {"lacks": "does not contain", "at least": "is at least", "at most": "is at most"}
ORIGINS = ("answered_by", "from")
ORIGINS_VERBS = {"is": "comes from", "is not": "does not come from"}
OF_THE_CONTENT = ("body", "bytes", "sha256", "kind", "size")  # of an answer
LONGEST_BODY = 100  # characters of a page or a file: its beginning is enough to know it by
VALUES = {
    ("from", "browser"): "the browser's own cache",
    ("from", "cdn"): "the CDN",
    ("from", "network"): "the server",
    ("answered_by", "none"): "nobody that the check knows",
    ("answered_by", "view"): "the project",
    ("answered_by", "whitenoise"): "WhiteNoise",
    ("answered_by", "static-handler"): "runserver’s handler of static files",
    ("answered_by", "media-route"): "the view django.views.static.serve",
}
PLURAL = {"does not contain": "do not contain", "contains": "contain", "is": "are", "is one of": "are one of"}


def subjects(plan: Plan) -> dict[str, str]:
    """Return for each label what it is: "css (GET /static/app.css)"."""
    found = {}
    for step in plan:
        for part in step.entries if isinstance(step, Serve) else (step,):
            if isinstance(part, Request):
                found[part.label] = part.label
            elif isinstance(part, Command) and part.label:
                what = part.file or " ".join(part.argv[:2])
                found[part.label] = f"{part.label} ({what})"
            elif isinstance(part, Look):
                found[part.label] = f"{part.label} ({part.pattern})"
    return found


def in_words(expectation: Expectation, named: Mapping[str, str], means: Mapping[str, str]) -> str:
    """Return the expectation as a sentence; `named` is what `subjects` gives, `means` the exercise's own words."""
    subject = named.get(expectation.label, expectation.label)
    if str(expectation) in means:
        return f"{subject}: {means[str(expectation)]}"
    value = VALUES.get((expectation.field, expectation.value), expectation.value)
    if expectation.field in ORIGINS and expectation.verb in ORIGINS_VERBS:
        return f"{subject}: the answer {ORIGINS_VERBS[expectation.verb]} {value}"
    what = _field(expectation.field)
    verb = VERBS.get(expectation.verb, expectation.verb)
    if expectation.verb in COMPARING:
        other = expectation.sample or f"{expectation.other[0]}’s"
        same = "is the same as" if expectation.verb == "equals" else "differs from"
        return f"{subject}: {what} {same} {other if expectation.sample is None else f'that of {other}'}"
    if expectation.field in ("kinds", "names", "sizes", "mode"):
        verb = PLURAL.get(verb, verb)
    return f"{subject}: {what} {verb} {value}"


def found_in_words(judgement: Judgement) -> str:
    """Return what was found in place of the expectation, on one line."""
    field, found = judgement.expectation.field, " ".join(judgement.found.split())
    if field == "body" and len(found) > LONGEST_BODY:
        return f"{found[:LONGEST_BODY].rstrip(' …')} …"
    return VALUES.get((field, found), found)


def _field(name: str) -> str:
    if name.startswith("header."):
        return f"the header {name.removeprefix('header.').title()}"
    return FIELDS.get(name, name)


def without_repetition(failed: Sequence[Judgement]) -> list[Judgement]:
    """Of a step that was not made, what is expected first, and of an answer with another status, the status: the rest
    only repeats that there is no answer, or that an error's page is not the file."""
    seen: set[str] = set()
    other = {one.expectation.label for one in failed if one.expectation.field == "status" and not one.why}
    kept = []
    for judgement in failed:
        asked = judgement.expectation
        if judgement.why and asked.label in seen:
            continue
        if asked.label in other and (asked.field in OF_THE_CONTENT or asked.field.startswith("header.")):
            continue
        seen |= {asked.label} if judgement.why else set()
        kept.append(judgement)
    return kept
