"""The addresses of the second origin: media files."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.views.static import serve

urlpatterns = [
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("healthz", lambda _request: HttpResponse("ok\n", content_type="text/plain")),
]
