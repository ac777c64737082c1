"""Which view answers which address."""

from django.urls import path

from lighthouse.views import log

urlpatterns = [
    path("", log, name="log"),
]
