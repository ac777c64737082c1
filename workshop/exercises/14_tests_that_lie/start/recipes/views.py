"""The book, and the page on which a picture is added."""

from django.core.files.storage import default_storage
from django.shortcuts import redirect, render

from recipes.forms import PictureForm


def book(request):
    names = sorted(default_storage.listdir("")[1]) if default_storage.exists("") else []
    return render(request, "recipes/book.html", {"addresses": [default_storage.url(name) for name in names]})


def add(request):
    form = PictureForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        picture = form.cleaned_data["picture"]
        default_storage.save(picture.name, picture)
        return redirect("book")
    return render(request, "recipes/add.html", {"form": form})
