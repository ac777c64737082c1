"""The gallery: list, upload, one photo, its private files, replace, delete."""

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery import front, intake, media_route, owners
from gallery.forms import ReplaceForm, UploadForm
from gallery.intake import Outcome
from gallery.middleware import MEDIA_CSP
from gallery.models import Photo

PER_PAGE = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    photos = Photo.objects.visible_to(owners.key(request.session))
    page = Paginator(photos, PER_PAGE).get_page(request.GET.get("page"))
    public = next((photo for photo in page.object_list if not photo.private), None)
    served = public is None or media_route.is_served(public.image.url, request)
    return render(request, "gallery/index.html", {"page": page, "served": served, "public": public})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """One file and nothing wrong: on to its page. A script that asks for JSON gets the same in JSON."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    outcomes: list[Outcome] = []
    if form.is_bound and form.is_valid():
        owner = owners.key_for_upload(request.session)
        outcomes = list(intake.take_all(form.cleaned_data["image"], owner, form.cleaned_data["private"]))
    refused = [outcome for outcome in outcomes if outcome.photo is None]
    if request.method == "POST" and request.headers.get("Accept", "").startswith("application/json"):
        return as_json(form, outcomes)
    if outcomes and not refused:
        if len(outcomes) == 1:
            messages.success(request, "Kept. This page shows where the file went.")
            return redirect(str(outcomes[0].photo.get_absolute_url()))  # type: ignore[union-attr]
        messages.success(request, f"All {len(outcomes)} photos are kept.")
        return redirect("gallery:index")
    for outcome in refused:
        form.add_error("image", outcome.message if len(outcomes) == 1 else f"{outcome.name}: {outcome.message}")
    context = {
        "form": form,
        "kept": [outcome.photo for outcome in outcomes if outcome.photo],
        "limit": settings.MAX_UPLOAD_BYTES,
        "batch": settings.MAX_BATCH_BYTES,
    }
    return render(request, "gallery/upload.html", context, status=page_status(outcomes))


def page_status(outcomes: list[Outcome]) -> int:
    """200 for a form with its errors, as Django's own forms answer; the trouble's status when every file met one."""
    statuses = {outcome.status for outcome in outcomes}
    return max(statuses) if statuses and min(statuses) > 422 else 200


def as_json(form: UploadForm, outcomes: list[Outcome]) -> JsonResponse:
    if not outcomes:
        return JsonResponse({"photos": [], "message": " ".join(map(str, form.errors.get("image", [])))}, status=422)
    photos = [
        {
            "name": outcome.name,
            "kept": outcome.photo is not None,
            "url": outcome.photo.get_absolute_url() if outcome.photo else None,
            "message": outcome.message or "; ".join(outcome.photo.notes if outcome.photo else []),
        }
        for outcome in outcomes
    ]
    return JsonResponse({"photos": photos}, status=max(outcome.status for outcome in outcomes))


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    return photo_page(request, visible_or_404(request, pk), ReplaceForm())


def photo_page(request: HttpRequest, found: Photo, replacing: ReplaceForm, status: int = 200) -> HttpResponse:
    context = {
        "photo": found,
        "mine": is_mine(request, found),
        "replacing": replacing,
        "served": found.private or media_route.is_served(found.image.url, request),
        **whereabouts(found),
        "media_url": settings.MEDIA_URL,
        "media_origin": settings.MEDIA_ORIGIN,
        "alias": "private" if found.private else "default",
        "storage": settings.STORAGES["private" if found.private else "default"]["BACKEND"],
        "same_name": same_name(found.original_name),
    }
    response = render(request, "gallery/photo.html", context, status=status)
    if found.private:
        patch_cache_control(response, private=True, no_store=True)
    return response


def whereabouts(found: Photo) -> dict[str, Any]:
    """Where the photo's files lie. A bucket is not asked: while it is away this page would be, too."""
    if found.storage.is_remote:
        return {"remote": True, "media_root": found.storage.place, "exists": True, "size": None}
    root = settings.PRIVATE_MEDIA_ROOT if found.private else settings.MEDIA_ROOT
    exists = found.storage.exists(str(found.image.name))
    size = found.image.size if exists else None
    return {"remote": False, "media_root": shown_root(root), "exists": exists, "size": size}


@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A private photo's file for its owner. The name is looked up among the photo's own; it never becomes a path."""
    found = visible_or_404(request, pk)
    names = {full.rpartition("/")[2]: full for full in found.file_names()}
    if not found.private or name not in names:
        raise Http404("No such private file.")
    full = names[name]
    response: HttpResponseBase
    if settings.PRIVATE_MEDIA_REDIRECT:
        response = redirect(found.storage.url(full))
    elif prefix := front.accel_prefix(request):  # nginx replaces the answer's body by the file
        response = HttpResponse(headers={"X-Accel-Redirect": prefix + quote(full)})
    else:
        try:
            response = FileResponse(found.storage.open(full))
        except FileNotFoundError as error:
            raise Http404("The row is here, its file is gone.") from error
    response["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response["Content-Security-Policy"] = MEDIA_CSP
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    found = mine_or_404(request, pk)
    form = ReplaceForm(request.POST, request.FILES)
    if not form.is_valid():
        return photo_page(request, found, form)
    outcome = intake.replace(found, form.cleaned_data["image"][0])
    if outcome.photo:
        messages.success(request, "Replaced: the old files are gone, the new ones have new names.")
        return redirect(found)
    form.add_error("image", outcome.message)
    return photo_page(request, mine_or_404(request, pk), form, page_status([outcome]))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = mine_or_404(request, pk)
    found.delete()
    messages.success(request, f"Deleted: the row and its file {found.image.name}.")
    return redirect("gallery:index")


def visible_or_404(request: HttpRequest, pk: int) -> Photo:
    return get_object_or_404(Photo.objects.visible_to(owners.key(request.session)), pk=pk)


def mine_or_404(request: HttpRequest, pk: int) -> Photo:
    found = visible_or_404(request, pk)
    if not is_mine(request, found):
        raise Http404("Only the sender of a photo may change or delete it.")
    return found


def is_mine(request: HttpRequest, found: Photo) -> bool:
    return bool(found.owner) and found.owner == owners.key(request.session)


def same_name(name: str) -> dict[str, str | None]:
    """The static file that has the visitor's name for this upload, if there is one: where it lies, and its address."""
    try:
        path = finders.find(name)
    except (SuspiciousFileOperation, ValueError, OSError):  # a name that no static file can have
        path = None
    if not isinstance(path, str):
        return {"path": None, "url": None}
    return {"path": shown_root(path), "url": static(name)}


def shown_root(path: str | Path) -> str:
    """Relative to the project where it lies inside; the folder's own name where it does not."""
    root = Path(path)
    return root.relative_to(settings.BASE_DIR).as_posix() if root.is_relative_to(settings.BASE_DIR) else root.name
