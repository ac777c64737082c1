"""The gallery: list, upload, one photo, delete."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery import media_route
from gallery.forms import UploadForm
from gallery.models import Photo

PER_PAGE = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(Photo.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "served": all(media_route.is_served(photo.image.url) for photo in page.object_list[:1])}
    return render(request, "gallery/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        sent: UploadedFile[Any] = request.FILES["image"]  # type: ignore[assignment]
        photo = Photo.store(form.cleaned_data["image"], sent.name or "unnamed", sent.size or 0)
        messages.success(request, "Kept. This page shows where the file went.")
        return redirect(photo)
    return render(request, "gallery/upload.html", {"form": form, "limit": settings.MAX_UPLOAD_BYTES})


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo, pk=pk)
    context = {
        "photo": found,
        "served": media_route.is_served(found.image.url),
        "exists": found.image.storage.exists(str(found.image.name)),
        "media_root": shown_root(),
        "media_url": settings.MEDIA_URL,
        "storage": settings.STORAGES["default"]["BACKEND"],
    }
    return render(request, "gallery/photo.html", context)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo, pk=pk)
    found.delete()
    messages.success(request, f"Deleted: the row and its file {found.image.name}.")
    return redirect("gallery:index")


def shown_root() -> str:
    """MEDIA_ROOT relative to the project where it lies inside; the folder's own name where it does not."""
    root = Path(settings.MEDIA_ROOT)
    return root.relative_to(settings.BASE_DIR).as_posix() if root.is_relative_to(settings.BASE_DIR) else root.name
