"""The wall: all photos, and the form that takes another one."""

from django.core.files.storage import default_storage
from django.shortcuts import redirect, render

from choir.forms import PhotoForm


def wall(request):
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        photo = form.cleaned_data["photo"]
        default_storage.save(f"concerts/{photo.name}", photo)
        return redirect("wall")
    return render(request, "choir/wall.html", {"form": form, "addresses": addresses()})


def addresses():
    """Where each photo is found."""
    if not default_storage.exists("concerts"):  # nobody has sent one yet
        return []
    return [default_storage.url(f"concerts/{name}") for name in sorted(default_storage.listdir("concerts")[1])]
