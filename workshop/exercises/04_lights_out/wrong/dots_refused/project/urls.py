from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import path

from lighthouse.views import log


def sent(request, name):
    if ".." in name or not (settings.STATIC_ROOT / name).is_file():
        raise Http404
    return FileResponse((settings.STATIC_ROOT / name).open("rb"), headers={"Cache-Control": "public, max-age=60"})


urlpatterns = [
    path("", log, name="log"),
    path("static/<path:name>", sent),
]
