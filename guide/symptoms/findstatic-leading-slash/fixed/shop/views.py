from pathlib import Path

from django.contrib.staticfiles import finders
from django.shortcuts import render


def home(request):
    critical = Path(finders.find("shop/shop.css")).read_text()
    return render(request, "shop/home.html", {"critical": critical})
