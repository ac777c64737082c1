"""The pages of the symptoms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from doctor.checks import MISTAKES, about_symptom
from guide.cases.case import cases
from guide.cases.page import page as case_page
from guide.symptoms import BY_SLUG, GROUPS, SYMPTOMS
from guide.symptoms.page import page
from mysite.web.page_cache import kept


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """All symptoms, in groups; `?n=19` leads to the one of that number, as the workshop writes."""
    if "n" in request.GET:
        found = next((symptom for symptom in SYMPTOMS if str(symptom.number) == request.GET["n"]), None)
        if found is None:
            raise Http404("There is no symptom of that number.")
        return redirect("guide:symptom", found.slug)
    context = {"groups": GROUPS, "count": len(SYMPTOMS), "checks": len(MISTAKES)}
    return render(request, "guide/symptoms.html", context)


@require_safe
@kept
def symptom(request: HttpRequest, slug: str) -> HttpResponse:
    """A symptom with its fix."""
    if slug in cases():
        return render(request, "guide/case.html", {"page": case_page(slug), "checks": about_symptom(slug)})
    found = BY_SLUG.get(slug)
    if found is None:
        raise Http404("There is no such symptom.")
    return render(request, "guide/symptom.html", {"page": page(found)})
