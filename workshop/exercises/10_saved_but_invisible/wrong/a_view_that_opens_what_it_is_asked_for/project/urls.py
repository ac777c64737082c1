"""Which view answers which address."""

from django.conf import settings
from django.http import FileResponse
from django.urls import path

from postcards import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
    path("media/<path:name>", lambda request, name: FileResponse(open(settings.MEDIA_ROOT / name, "rb"))),
]
