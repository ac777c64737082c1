"""Which view answers which address."""

from django.conf import settings
from django.http import FileResponse
from django.urls import path

from lighthouse.views import log

urlpatterns = [
    path("", log, name="log"),
    path(
        "static/<path:name>",
        lambda request, name: FileResponse(
            open(settings.STATIC_ROOT / name, "rb"), headers={"Cache-Control": "public, max-age=60"}
        ),
    ),
]
