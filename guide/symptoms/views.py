"""The pages of the symptoms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.kept import kept
from guide.symptoms import BY_SLUG, GROUPS, SYMPTOMS
from guide.symptoms.page import page


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """All symptoms, in groups."""
    return render(request, "guide/symptoms.html", {"groups": GROUPS, "count": len(SYMPTOMS)})


@require_safe
@kept
def symptom(request: HttpRequest, slug: str) -> HttpResponse:
    """A symptom with its cure."""
    found = BY_SLUG.get(slug)
    if found is None:
        raise Http404("There is no such symptom.")
    return render(request, "guide/symptom.html", {"page": page(found)})
