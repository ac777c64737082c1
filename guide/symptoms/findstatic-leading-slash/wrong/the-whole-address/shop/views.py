from pathlib import Path

from django.contrib.staticfiles import finders
from django.shortcuts import render
from django.templatetags.static import static


def home(request):
    critical = Path(finders.find(static("shop/shop.css"))).read_text()
    return render(request, "shop/home.html", {"critical": critical})
