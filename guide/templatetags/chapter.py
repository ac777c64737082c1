"""The tags that chapters are written with: steps, claims, terms, predictions, pictures and code."""

import re
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import Resolver404, resolve, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from guide import caches, glossary, pictures
from guide.cases.case import cases
from guide.chapters import STEPS, Notes, Section
from guide.comparison import comparison
from guide.evidence import Evidence, evidence, named, of
from guide.predictions import prediction
from guide.source import Excerpt, excerpt, excerpt_of
from guide.starter import anchor
from guide.terminal import differing, shown
from lab.evidence import claims, who_serves_what
from lab.experiment import Experiment
from lab.observation import Observation, RequestStep, diff, file_tree, trail
from lab.observation.headers import notes as header_notes
from lab.playground.result import Route
from mysite.web.marked import with_code

register = template.Library()


def _notes(context: Context) -> Notes:
    notes: Notes = context["notes"]
    return notes


# The text


@register.simple_block_tag(takes_context=True)
def step(context: Context, content: str, kind: str, title: str) -> SafeString:
    """A section of a chapter, with its place in the teaching order."""
    anchor = slugify(title)
    notes = _notes(context)
    notes.sections.append(Section(anchor, kind, title))
    if kind == "see":  # folded until a guess is made
        opened = SafeString(" open") if any(asked.chosen for asked in notes.predictions) else ""
        content = format_html(
            '<details class="answer"{}><summary>Show what Django did</summary>{}</details>', opened, content
        )
    return format_html(
        '<section class="step step-{}" aria-labelledby="{}"><p class="step-name">{}</p><h2 id="{}">{}</h2>{}</section>',
        kind,
        anchor,
        STEPS[kind],
        anchor,
        with_code(title),
        content,
    )


@register.inclusion_tag("guide/parts/claim.html", takes_context=True)
def claim(context: Context, name: str) -> dict[str, object]:
    """A sentence about behaviour, where it ends, and its evidence: what differs between its runs."""
    found = claims.BY_NAME[name]
    _notes(context).claims.append(name)
    runs = [evidence(experiment) for experiment in found.experiments]
    foil = evidence(found.foil_experiment) if found.foil else None
    return {
        "claim": found,
        "sentence": with_code(found.sentence),
        "runs": runs,
        "foil": foil,
        "compared": comparison(runs, foil),
    }


@register.simple_tag(takes_context=True)
def term(context: Context, name: str, text: str = "") -> SafeString:
    """A word of the glossary, linked where the page uses it for the first time."""
    found = glossary.BY_NAME[name]
    used = _notes(context).terms
    if name in used:
        return conditional_escape(text or name)
    used.add(name)
    return format_html('<a class="term" href="{}#{}">{}</a>', reverse("guide:glossary"), found.anchor, text or name)


@register.simple_tag
def setting(name: str) -> SafeString:
    """A setting's name, linked to its page in the reference where that is part of the site."""
    path = f"/settings/{name}/"
    try:
        resolve(path)
    except Resolver404:
        return format_html("<code>{}</code>", name)
    return format_html('<a href="{}"><code>{}</code></a>', path, name)


@register.simple_tag
def chapter(slug: str, text: str = "") -> SafeString:
    """A link to another chapter."""
    from guide.chapters import BY_SLUG

    address = reverse("guide:chapter", args=[slug])
    if text:
        return format_html('<a href="{}">{}</a>', address, text)
    return format_html('<a href="{}">{}<span class="unseen">, the chapter</span></a>', address, BY_SLUG[slug].title)


@register.simple_tag
def symptom(slug: str, text: str = "") -> SafeString:
    """A link to a symptom's page. Raises KeyError when there is none."""
    found = cases()[slug]
    return format_html('<a href="{}">{}</a>', reverse("guide:symptom", args=[slug]), with_code(text or found.title))


@register.simple_block_tag
def aside(content: str, title: str) -> SafeString:
    """What most readers may skip: folded until they open it."""
    return format_html('<details class="aside"><summary>{}</summary>{}</details>', with_code(title), content)


# To the playground


@register.inclusion_tag("guide/parts/predict.html", takes_context=True)
def predict(context: Context, name: str, guesses: str) -> dict[str, object]:
    """A question about an experiment, answered in place: the address holds the guesses of the whole chapter."""
    notes = _notes(context)
    asked = prediction(name, guesses, notes.given)
    notes.predictions.append(asked)
    others = {key: value for key, value in notes.given.items() if key != asked.key}
    return {"asked": asked, "others": others, "path": notes.path}


@register.inclusion_tag("guide/parts/predict_visits.html")
def predict_visits(first: str, second: str) -> dict[str, object]:
    """Who sees the new stylesheet at once? The answer is worked out as in the waterfall of the same experiments."""
    came = caches.first_after_deploy(caches.visits(of(first).here, of(second).here))
    people = [visit.who for visit in came]
    choices = [*(frozenset({who}) for who in people), frozenset(people), frozenset()]
    new = frozenset(visit.who for visit in came if visit.fits)
    return {"choices": [(sorted(choice), choice == new) for choice in choices], "came": came}


@register.simple_tag
def turn(before: str, after: str, text: str) -> SafeString:
    """A link to the playground that shows what changes from one experiment to another."""
    query = named(after).query
    before_query = urlencode({"before": named(before).query})
    return format_html('<a class="turn" href="{}?{}&{}">{}</a>', reverse("lab:playground"), query, before_query, text)


# Pictures, all of them from the records


@register.inclusion_tag("guide/parts/compare.html")
def compare(before: str, after: str, caption: str = "") -> dict[str, object]:
    """What one change made different, before and now. Raises LookupError when it made no difference."""
    old, new = of(before), of(after)
    # The admin's stylesheet is described in the same words as the page's.
    rows = diff.shared(change for change in diff.changes(old.here, new.here) if change.subject != "admin-css")
    if not rows:
        raise LookupError(f"{before} and {after} show the same")
    return {
        "rows": rows,
        "query": new.experiment.query,
        "before_query": urlencode({"before": old.experiment.query}),
        "caption": caption,
    }


@register.inclusion_tag("guide/parts/way.html")
def way(name: str, labels: str, caption: str = "") -> dict[str, object]:
    """How far requests of one experiment got, through the servers and Django: a row for each label ("page css")."""
    found = of(name)
    asked = [_request(found, label) for label in labels.split()]
    return {
        "trail": trail.trail(asked),
        "routes": [Route(step, ()) for step in asked],
        "found": found,
        "caption": caption,
        "spoken": f"How far the request got: {', '.join(step.url for step in asked)}",
    }


@register.inclusion_tag("guide/parts/way.html")
def ways(*entries: str, caption: str = "") -> dict[str, object]:
    """How far requests of several experiments got, a row for each: "debug-off css=DEBUG off"."""
    asked = []
    for entry in entries:
        place, _, title = entry.partition("=")
        name, label = place.split()
        asked.append((title, _request(of(name), label)))
    return {
        "trail": trail.side_by_side(asked),
        "routes": [Route(step, ()) for _, step in asked],
        "found": of(entries[-1].split()[0]),
        "caption": caption,
        "spoken": "How far each request got",
    }


@register.inclusion_tag("guide/parts/race.html")
def race(name: str, caption: str = "") -> dict[str, object]:
    """The finders' race for app.css."""
    return {"races": [(pictures.race(of(name).here), of(name), caption)]}


@register.inclusion_tag("guide/parts/race.html")
def races(*names: str) -> dict[str, object]:
    """The races of several experiments side by side: "apps-reversed=app2 stands first"."""
    entries = [name.partition("=") for name in names]
    return {"races": [(pictures.race(of(name).here), of(name), title) for name, _, title in entries]}


@register.inclusion_tag("guide/parts/trees.html")
def trees(*names: str) -> dict[str, object]:
    """The files of experiments side by side. Each name may be followed by its title: "default=Before"."""
    columns = []
    for entry in names:
        name, _, title = entry.partition("=")
        found = of(name)
        sources, static_root, media_root = file_tree.folders(found.here)
        css = tuple(leaf for leaf in sources.leaves if "/static/" in leaf.path or leaf.path.startswith("static/"))
        columns.append({"title": title, "found": found, "sources": css, "static": static_root, "media": media_root})
    return {"columns": columns}


@register.inclusion_tag("guide/parts/modes.html")
def modes(names: str) -> dict[str, object]:
    """Where servers read and write, for names of "who serves what"."""
    return {"modes": pictures.modes(names.split())}


@register.inclusion_tag("guide/parts/servers.html")
def servers() -> dict[str, object]:
    """Who serves what, from the records."""
    return {"rows": who_serves_what.servers(_recorded)}


@register.inclusion_tag("guide/parts/test_cases.html")
def test_cases() -> dict[str, object]:
    """Who serves what in tests, from the records."""
    return {
        "rows": who_serves_what.test_runs(_recorded),
        "found": of("test-cases-differ"),
        "after": of("test-cases-differ:2"),
    }


@register.inclusion_tag("guide/parts/waterfall.html")
def waterfall(first: str, second: str, caption: str) -> dict[str, object]:
    """Two deploys behind a CDN, worked out from the headers of two experiments."""
    before, after = of(first), of(second)
    seen = caches.visits(before.here, after.here)
    header = _request(before, "css").headers.get("cache-control", "none")
    age = re.search(r"max-age=(\d+)", header)
    return {
        "visits": seen,
        "drawing": caches.drawing(seen, int(age[1]) if age else 0),
        "places": caches.PLACES,
        "deploy": caches.DEPLOY,
        "header": header,
        "found": before,
        "caption": caption,
    }


@register.inclusion_tag("guide/parts/headers.html")
def headers(name: str, label: str, names: str) -> dict[str, object]:
    """Some headers of an answer, with what each tells; one that was not sent says so."""
    found = of(name)
    asked = _request(found, label)
    told = {note.name: note for note in header_notes(asked.headers)}
    rows = [(header, told.get(header)) for header in names.split()]
    return {"rows": rows, "step": asked, "found": found}


@register.inclusion_tag("guide/parts/terminal.html")
def terminal(name: str, number: int = 1) -> dict[str, object]:
    """What a command printed (the first is 1), on the reader's Django; of the other Django the lines that differ."""
    found = of(name)
    here = shown(found.here.commands[number - 1])
    elsewhere = [(other.series, shown(other.observation.commands[number - 1])) for other in found.others]
    return {
        "here": here,
        "others": [(series, differing(here, there)) for series, there in elsewhere if there != here],
        "same": [series for series, there in elsewhere if there == here],
        "found": found,
    }


# Code


@register.inclusion_tag("guide/parts/code.html")
def code(name: str, path: str, first: str = "", last: str = "", named: str = "") -> dict[str, object]:
    """Lines of an experiment's file, from one with `first` to the next with `last`; the file is in the download.

    What the text speaks of is underlined: `named`, here and below, separated by bars.
    """
    found = of(name)
    lines: Excerpt = excerpt_of(found.here.files[path], path, first, last)
    return {"excerpt": lines, "named": named, "found": found, "kind": "static" if "/static/" in path else "source"}


@register.inclusion_tag("guide/parts/code.html")
def ours(path: str, first: str = "", last: str = "", named: str = "") -> dict[str, object]:
    """Lines of this site's own file."""
    return {
        "excerpt": excerpt(settings.BASE_DIR, path, first, last),
        "named": named,
        "kind": "static" if "/static/" in path else "source",
    }


@register.inclusion_tag("guide/parts/code.html")
def starter(path: str, first: str = "", last: str = "", named: str = "") -> dict[str, object]:
    """Lines of a file of starter/, the project to copy, from one with `first` to the next with `last`."""
    return {
        "excerpt": excerpt(settings.BASE_DIR / "starter", path, first, last),
        "named": named,
        "starter": anchor(path),
        "kind": "static" if "/static/" in path else "source",
    }


def _recorded(experiment: Experiment) -> Observation:
    return evidence(experiment).here


def _request(found: Evidence, label: str) -> RequestStep:
    asked = found.here.request(label)
    if asked is None:
        raise LookupError(f"no request {label} in {found.experiment.query}")
    return asked
