from django.conf import settings
from django.http import FileResponse
from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html")


def film(request, path):
    return FileResponse((settings.MEDIA_ROOT / path).open("rb"))
