"""Which view answers which address."""

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.urls import path

from postcards import views


def upload(request, name):
    """Whatever the storage has under this name; it refuses one that leads out of its folder."""
    try:
        return FileResponse(default_storage.open(name))
    except (OSError, SuspiciousOperation) as error:
        raise Http404 from error


urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
    path("media/<path:name>", upload),
]
