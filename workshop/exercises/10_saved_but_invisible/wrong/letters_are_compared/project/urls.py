"""Which view answers which address."""

from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import path

from postcards import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
]


def sent(request, name):
    file = (settings.MEDIA_ROOT / name).resolve()
    if not str(file).startswith(str(settings.MEDIA_ROOT)) or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"))


urlpatterns.append(path("media/<path:name>", sent))
