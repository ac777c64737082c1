from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html")


@login_required
def film(request, name):
    response = FileResponse((settings.BASE_DIR / "private" / f"{name}.mp4").open("rb"))
    response["Accept-Ranges"] = "bytes"
    return response
