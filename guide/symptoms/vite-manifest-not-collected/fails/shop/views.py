import json

from django.conf import settings
from django.shortcuts import render


def home(request):
    path = settings.DJANGO_VITE["default"]["manifest_path"]
    entries = json.loads(path.read_text())
    return render(request, "shop/home.html", {"script": entries["src/main.js"]["file"]})
