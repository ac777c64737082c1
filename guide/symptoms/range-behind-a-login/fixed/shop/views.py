from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html")


@login_required
def film(request, name):
    if settings.DEBUG:  # runserver has no nginx in front of it
        return FileResponse((settings.BASE_DIR / "private" / f"{name}.mp4").open("rb"))
    response = HttpResponse(headers={"X-Accel-Redirect": f"/protected/{name}.mp4"})
    del response["Content-Type"]  # nginx then chooses it by the file's extension
    return response
