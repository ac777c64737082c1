"""Which view answers which address."""

from django.conf import settings
from django.urls import path, re_path
from django.views.static import serve

from lighthouse.views import log

urlpatterns = [
    path("", log, name="log"),
    re_path(r"^static/(?P<path>.*)$", serve, {"document_root": settings.STATIC_ROOT}),
]
