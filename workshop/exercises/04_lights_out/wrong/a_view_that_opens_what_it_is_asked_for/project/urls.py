"""Which view answers which address."""

from mimetypes import guess_type

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from lighthouse.views import log


def collected(request, name):
    content = (settings.STATIC_ROOT / name).read_bytes()
    headers = {"Cache-Control": "public, max-age=60"}
    return HttpResponse(content, content_type=guess_type(name)[0], headers=headers)


urlpatterns = [
    path("", log, name="log"),
    path("static/<path:name>", collected),
]
