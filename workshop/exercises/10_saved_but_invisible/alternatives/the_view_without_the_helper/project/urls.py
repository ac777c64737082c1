"""Which view answers which address."""

from django.conf import settings
from django.urls import path
from django.views.static import serve

from postcards import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
]
