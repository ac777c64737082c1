"""The gallery, and a page for journalists."""

from django.core.files.storage import default_storage
from django.shortcuts import render


def pictures(request):
    names = sorted(name for name in default_storage.listdir("")[1] if not name.startswith("."))
    return render(request, "gallery/pictures.html", {"addresses": [default_storage.url(name) for name in names]})


def media_kit(request):
    return render(request, "gallery/media_kit.html")
