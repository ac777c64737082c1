"""The wall with all drawings, and the page on which one is sent."""

from django.core.files.storage import default_storage
from django.shortcuts import redirect, render

from drawings.forms import DrawingForm


def wall(request):
    names = sorted(default_storage.listdir("")[1]) if default_storage.exists("") else []
    return render(request, "drawings/wall.html", {"addresses": [default_storage.url(name) for name in names]})


def send(request):
    form = DrawingForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        drawing = form.cleaned_data["drawing"]
        default_storage.save(drawing.name, drawing)
        return redirect("wall")
    return render(request, "drawings/send.html", {"form": form})
