"""The shop, and how to reach it."""

from django.core.files.storage import default_storage
from django.shortcuts import render


def goods(request):
    return render(request, "shop/goods.html", {"picture": default_storage.url("vase.svg")})


def about(request):
    return render(request, "shop/about.html")
