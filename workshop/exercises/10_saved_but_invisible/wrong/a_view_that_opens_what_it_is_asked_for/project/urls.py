"""Which view answers which address."""

from mimetypes import guess_type

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from postcards import views


def upload(request, name):
    return HttpResponse((settings.MEDIA_ROOT / name).read_bytes(), content_type=guess_type(name)[0])


urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
    path("media/<path:name>", upload),
]
