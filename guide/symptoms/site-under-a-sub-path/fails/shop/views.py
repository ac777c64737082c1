from django.core.files.storage import default_storage
from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html", {"picture": default_storage.url("cat.svg")})
