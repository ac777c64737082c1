from django.conf import settings
from django.http import FileResponse
from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html")


def manual(request):
    return FileResponse((settings.MEDIA_ROOT / "manual.pdf").open("rb"))
