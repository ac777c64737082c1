"""The pages that explain: home, the finder race, the chapters, the settings and the search."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gallery import media_route
from gallery.models import Photo
from guide import attacks, chapters, finder_race, reference, starter, swap
from guide import glossary as terms
from guide import search as searching
from guide.cases.case import cases
from guide.forms import FinderForm
from guide.predictions import given
from guide.setting_list import ALSO, BY_NAME
from guide.source import excerpt
from guide.which.offer import telling_apart, which_server
from guide.which.tree import trees
from guide.which.views import step_context
from lab.engine import api
from lab.evidence.claims import CLAIMS
from lab.experiment import KNOBS
from lab.playground.busy import busy_page
from lab.process.limiter import Busy
from lab.process.runner import ExperimentFailed
from mysite.web.page_cache import kept, kept_for

MOST_SHOWN = 20_000  # characters of a paste; its end, as the search, too, looks there first

NEAREST = 5  # pages to show where none is about what was asked


@require_safe
@kept_for(seconds=1)  # the photo on it may be deleted
def home(request: HttpRequest) -> HttpResponse:
    """Two lines to swap, where to go from here, and the three kinds of files, each shown by one of this site's own."""
    photo = Photo.objects.public().first()
    try:
        played = swap.run(request.GET.get("apps", ""), api.observe)
    except (Busy, ExperimentFailed):
        played = None  # the page says so in the picture's place; the rest of it needs no run
    context = {
        "swap": played,
        "counts": {
            "chapters": len(chapters.CHAPTERS),
            "first_chapter": chapters.CHAPTERS[0],
            "symptoms": len(cases()),
            "knobs": len(KNOBS) - 1,  # the variations are recipes
            "servers": len(KNOBS["server"].values),
            "claims": len(CLAIMS),
            "attacks": len(attacks.ATTACKS),
        },
        "source": excerpt(settings.BASE_DIR, "app1/views.py"),
        "static_file": excerpt(settings.BASE_DIR, "app1/static/app.css"),
        "order": excerpt(settings.BASE_DIR, "mysite/settings/base.py", "INSTALLED_APPS", '"app2",'),
        "photo": photo,
        "media_served": photo is not None and media_route.is_served(photo.image.url, request),
        "race": finder_race.run("app.css", Path(settings.STATIC_ROOT)),
        "trees": trees().values(),
        "live": [
            ("DEBUG", settings.DEBUG),
            ("STATIC_URL", settings.STATIC_URL),
            ('STORAGES["staticfiles"]', settings.STORAGES["staticfiles"]["BACKEND"].rpartition(".")[2]),
            ("MEDIA_URL", settings.MEDIA_URL),
            ("WhiteNoise in MIDDLEWARE", any(name.startswith("whitenoise.") for name in settings.MIDDLEWARE)),
        ],
    }
    return render(request, "guide/home.html", context)


@require_safe
def finders(request: HttpRequest) -> HttpResponse:
    """The finder race for any static path; a path that can't be one is answered with a sentence and status 400."""
    form = FinderForm(request.GET if "path" in request.GET else {"path": "app.css"})
    race = finder_race.run(form.cleaned_data["path"], Path(settings.STATIC_ROOT)) if form.is_valid() else None
    return render(request, "guide/finders.html", {"form": form, "race": race}, status=200 if race else 400)


@require_safe
@kept
def guide(request: HttpRequest) -> HttpResponse:
    """The chapters in learning order."""
    entries: dict[str, list[dict[str, object]]] = {}
    minutes = 0
    for number, chapter in enumerate(chapters.CHAPTERS, start=1):
        outline = chapters.outline(chapter)
        minutes += outline.minutes
        entry = {"number": number, "chapter": chapter, "minutes": outline.minutes, "claims": len(outline.claims)}
        entries.setdefault(chapter.part, []).append(entry)
    return render(request, "guide/guide.html", {"parts": entries, "count": len(chapters.CHAPTERS), "minutes": minutes})


@require_safe
@kept
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """A chapter."""
    found = chapters.BY_SLUG.get(slug)
    if found is None:
        raise Http404("There is no such chapter.")
    before, after = chapters.neighbours(found)
    context = {
        "chapter": found,
        "text": _text(found, given((name, str(value)) for name, value in request.GET.items()), request.path),
        "minutes": chapters.outline(found).minutes,
        "before": before,
        "after": after,
        "number": chapters.CHAPTERS.index(found) + 1,
        "count": len(chapters.CHAPTERS),
    }
    return render(request, "guide/chapter.html", context)


@require_safe
@kept
def how_to_read(request: HttpRequest) -> HttpResponse:
    """Three ways through the guide, and the three projects that it speaks of."""
    context = {"text": chapters.render("guide/how_to_read.md"), "first": chapters.CHAPTERS[0]}
    return render(request, "guide/how_to_read.html", context)


@require_safe
@kept
def cheat_sheet(request: HttpRequest) -> HttpResponse:
    """Everything on one page, to print."""
    return render(request, "guide/cheat_sheet.html", {"text": chapters.render("guide/cheat_sheet_text.html")})


@require_safe
@kept
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term, with the chapter that is about it; `q` leaves those that have all its words."""
    asked = request.GET.get("q", "")
    words = asked.lower().split()
    pairs = [
        (term, chapters.BY_SLUG[term.chapter])
        for term in terms.TERMS
        if all(word in f"{term.name} {term.meaning}".lower() for word in words)
    ]
    return render(request, "guide/glossary.html", {"terms": pairs, "q": asked})


@require_safe
@kept
def starter_page(request: HttpRequest) -> HttpResponse:
    """The project to copy, file by file."""
    context = {
        "parts": starter.parts(settings.BASE_DIR / "starter"),
        "zip_address": request.build_absolute_uri(reverse("guide:starter-zip")),
        "into_yours": chapters.render("guide/starter_into_yours.md"),
    }
    return render(request, "guide/starter.html", context)


@require_safe
def starter_zip(_request: HttpRequest) -> HttpResponse:
    """The project to copy, as an archive that `startproject --template` takes too."""
    return HttpResponse(
        starter.archive(settings.BASE_DIR / "starter"),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="starter.zip"'},
    )


def _text(chapter: chapters.Chapter, guesses: dict[str, str], path: str) -> chapters.Text:
    """Return the chapter, rendered again for a reader's guesses, and in development, so that an edit shows."""
    if guesses or settings.DEBUG:
        return chapters.render(chapter.template, guesses, path)
    return chapters.text(chapter)


@require_safe
@kept
def attack_index(request: HttpRequest) -> HttpResponse:
    """What can be tried, with a box to tick for each form that will keep the file."""
    return render(request, "guide/attacks.html", {"attacks": attacks.ATTACKS, "forms": attacks.FORMS})


@require_safe
@kept
def attack(request: HttpRequest, slug: str) -> HttpResponse:
    """One sample: sent to the usual forms and to the gallery, now or for an earlier visitor."""
    found = attacks.BY_SLUG.get(slug)
    if found is None:
        raise Http404("There is no such sample.")
    try:
        sides = attacks.sides(found)
    except (Busy, ExperimentFailed, attacks.NotNow) as error:
        return busy_page(request, error)
    place = attacks.ATTACKS.index(found)
    context = {"attack": found, "sides": sides, "number": place + 1, "count": len(attacks.ATTACKS)}
    context["previous"] = attacks.ATTACKS[place - 1]
    context["following"] = attacks.ATTACKS[(place + 1) % len(attacks.ATTACKS)]
    return render(request, "guide/attack.html", context)


@require_safe
@kept
def all_attacks(request: HttpRequest) -> HttpResponse:
    """Every sample and every verdict, in a table; `?kept=many-frames.2` guesses that the second form keeps it."""
    try:
        all_sides = [(one, attacks.sides(one)) for one in attacks.ATTACKS]
    except (Busy, ExperimentFailed, attacks.NotNow) as error:
        return busy_page(request, error)
    guesses = set(request.GET.getlist("kept"))
    rows = [
        (one, [(side, f"{one.slug}.{number}" in guesses) for number, side in enumerate(sides, start=1)])
        for one, sides in all_sides
    ]
    right = sum(side.kept == guessed for _, cells in rows for side, guessed in cells)
    context = {
        "rows": rows,
        "guessed": "guess" in request.GET,
        "right": right,
        "cells": sum(len(row) for _, row in rows),
    }
    return render(request, "guide/all_attacks.html", context)


@require_safe
@kept
def settings_index(request: HttpRequest) -> HttpResponse:
    """Every setting with its values side by side.

    `?q=` leaves those that have all the words, `?differs=1` those that differ between development and production.
    """
    words, differs = request.GET.get("q", "")[:200], request.GET.get("differs") == "1"
    groups = reference.table(settings.BASE_DIR, words, differs)
    return render(request, "guide/settings.html", {"groups": groups, "words": words, "differs": differs})


@require_safe
@kept
def setting(request: HttpRequest, name: str) -> HttpResponse:
    """The page of one setting; another name for it leads there."""
    if name not in BY_NAME:
        if name in ALSO:
            return redirect("guide:setting", ALSO[name].name)
        raise Http404("There is no page for a setting of that name.")
    return render(request, "guide/setting.html", {"entry": reference.entry(name, settings.BASE_DIR)})


@csrf_exempt  # nothing changes; the longest tracebacks do not fit into an address
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What fits a pasted message or a question, best first; if nothing does, that is said first."""
    text = _asked(request)
    answer = searching.search(text) if text.strip() else None
    context: dict[str, object] = {"text": text[-MOST_SHOWN:], "answer": answer}
    if answer is not None:
        results = answer.results if answer.known else answer.results[:NEAREST]
        context |= {"results": results, "trees": telling_apart(answer), "asking": _question(answer)}
    return render(request, "guide/search.html", context)


def _question(answer: searching.Answer) -> dict[str, object] | None:
    """What a line of a log leaves open, as a step of its tree shows it."""
    open_question = which_server(answer)
    return step_context(*open_question) if open_question else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search_json(request: HttpRequest) -> JsonResponse:
    answer = searching.search(_asked(request))
    return JsonResponse({"known": answer.known, "results": [found.to_dict() for found in answer.results]})


def _asked(request: HttpRequest) -> str:
    return str((request.POST if request.method == "POST" else request.GET).get("q", ""))
