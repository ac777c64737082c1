from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import path

from lighthouse.views import log


def collected(request, name):
    file = (settings.STATIC_ROOT / name).resolve()
    if not str(file).startswith(str(settings.STATIC_ROOT)) or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), headers={"Cache-Control": "public, max-age=600"})


urlpatterns = [
    path("", log, name="log"),
    path("static/<path:name>", collected),
]
