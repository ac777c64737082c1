"""The pages of the symptoms."""

from collections.abc import Iterator, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from guide.cases import markdown
from guide.cases.case import SIGHTS, SYMPTOMS, Case, cases, groups
from guide.cases.page import page
from guide.guards import guard
from guide.which.tree import leading_to
from mysite.web.page_cache import kept
from which_file.checks import MISTAKES

Rows = list[tuple[Case, SafeString]]  # a case, and its summary as HTML


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """All symptoms by what one sees, or with `?by=group` by what they are about; `?q=` leaves the others out.

    `?n=19` leads to the symptom that had this number once.
    """
    if "n" in request.GET:
        return redirect("guide:symptom", _once_numbered(request.GET["n"]))
    words = request.GET.get("q", "").lower().split()
    by_group = request.GET.get("by") == "group"
    context = {
        "sections": list(_sections(by_group, words)),
        "by_group": by_group,
        "words": " ".join(words),
        "count": len(cases()),
        "checks": len(MISTAKES),
    }
    return render(request, "guide/symptoms.html", context)


@require_safe
@kept
def symptom(request: HttpRequest, slug: str) -> HttpResponse:
    """A symptom with its fix."""
    if slug not in cases():
        raise Http404("There is no such symptom.")
    before, after = _neighbours(slug)
    context = {
        "page": page(slug),
        "guard": guard(slug),
        "trees": leading_to(slug),
        "before": before,
        "after": after,
    }
    return render(request, "guide/case.html", context)


def _neighbours(slug: str) -> tuple[Case | None, Case | None]:
    """Return the symptoms before and after, in the order of the list that is sorted by subject."""
    order = [case for group in groups() for case in cases().values() if case.group == group]
    place = order.index(cases()[slug])
    return (order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None)


def _sections(by_group: bool, words: list[str]) -> Iterator[tuple[str, str, Rows]]:
    """Yield (title, what it is about, its rows) for each section with a row that has all the words."""
    titles: Mapping[str, str] = groups() if by_group else SIGHTS
    for name, told in titles.items():
        here = [case for case in cases().values() if (case.group if by_group else case.sight) == name]
        found = [case for case in here if not words or _has(case, words)]
        rows = [(case, markdown.inline(case.summary)) for case in found]
        if rows:
            yield (name, told, rows) if by_group else (told, "", rows)


def _has(case: Case, words: list[str]) -> bool:
    """Return whether what a symptom says of itself has all the words, which are in lower case."""
    parts = (case.title, case.summary, case.group, SIGHTS[case.sight], *case.messages, *case.phrases, *case.settings)
    told = " ".join(parts).lower()
    return all(word in told for word in words)


def _once_numbered(number: str) -> str:
    """Return the slug of the symptom that had this number. Raises Http404."""
    slugs = (SYMPTOMS / "_numbers.txt").read_text(encoding="utf-8").split()
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(slugs)):
        raise Http404("There is no symptom of that number.")
    return slugs[int(number) - 1]
