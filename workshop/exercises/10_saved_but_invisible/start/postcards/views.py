"""The wall with all postcards, and the page on which one is written."""

from django.shortcuts import redirect, render

from postcards.forms import PostcardForm
from postcards.models import Postcard


def wall(request):
    return render(request, "postcards/wall.html", {"postcards": Postcard.objects.order_by("-pk")})


def write(request):
    form = PostcardForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        form.save()
        return redirect("wall")
    return render(request, "postcards/write.html", {"form": form})
