"""The pages about other people's projects: how to use `which-file`, its checks, and the x-ray of this site's pages."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guide import own_project
from guide.own_project import BadPath, Busy, Picture
from mysite.web.modes import this_mode
from mysite.web.page_cache import kept
from which_file.checks import MISTAKES
from which_file.xray.markdown import markdown
from which_file.xray.pick import SCREEN


@require_safe
@kept
def use(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/own_project.html", {"count": len(MISTAKES)})


@require_safe
@kept
def checks_index(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/checks.html", {"groups": own_project.groups()})


@require_safe
@kept
def check(request: HttpRequest, name: str) -> HttpResponse:
    found = own_project.explained(name)
    if found is None or found.id != name:
        raise Http404(f"There is no check {name}.")
    return render(request, "guide/check.html", {"one": found})


@require_safe
@never_cache
def xray(request: HttpRequest) -> HttpResponse:
    context, status = _xray(request)
    return render(request, "guide/xray.html", context, status=status)


@require_safe
@never_cache
def xray_json(request: HttpRequest) -> JsonResponse:
    context, status = _xray(request)
    picture: Picture | None = context["picture"]
    if picture is None:
        return JsonResponse({"error": context["error"]}, status=status)
    modes = {one.mode.short: one.report.as_dict() if one.report else None for one in picture.seen}
    return JsonResponse({"path": picture.path, "here": picture.here.mode.short, "modes": modes})


@require_safe
@never_cache
def xray_markdown(request: HttpRequest) -> HttpResponse:
    """Answer with the x-ray in each mode that runs as Markdown, that of this one first."""
    context, status = _xray(request)
    picture: Picture | None = context["picture"]
    if picture is None:
        return HttpResponse(context["error"], status=status, content_type="text/plain; charset=utf-8")
    seen = sorted(picture.seen, key=lambda one: not one.here)
    texts = ["\n".join(markdown(one.report, f"{picture.path} in {one.mode.short}")) for one in seen if one.report]
    return HttpResponse("\n\n".join(texts) + "\n", content_type="text/markdown; charset=utf-8")


def _xray(request: HttpRequest) -> tuple[dict[str, Any], int]:
    path = request.GET.get("path", "/gallery/")
    error, status, picture = "", 200, None
    try:
        picture = own_project.picture(request, path, settings.MODE_PORTS, this_mode(request), settings.BASE_DIR)
    except BadPath as refused:
        error, status = str(refused), 400
    except Busy:
        error, status = "Two x-rays are being made. Try again in a moment.", 503
    return {"path": path, "picture": picture, "error": error, "screen": SCREEN}, status
