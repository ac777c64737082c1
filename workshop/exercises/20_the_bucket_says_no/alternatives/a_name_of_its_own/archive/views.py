"""The desk: bring a scan, and take it out again."""

from uuid import uuid4

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from archive.forms import ScanForm


def desk(request):
    form = ScanForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        scan = form.cleaned_data["scan"]
        kept = default_storage.save(f"scans/{uuid4().hex}-{scan.name}", scan)
        return redirect("scan", name=kept.removeprefix("scans/"))
    return render(request, "archive/desk.html", {"form": form})


def scan(request, name):
    """The scan, byte for byte, for anyone who is let in here."""
    if not default_storage.exists(f"scans/{name}"):
        raise Http404
    return FileResponse(default_storage.open(f"scans/{name}"))


def remove(request, name):
    if request.method == "POST":
        default_storage.delete(f"scans/{name}")
        return redirect("desk")
    return render(request, "archive/remove.html", {"name": name})
