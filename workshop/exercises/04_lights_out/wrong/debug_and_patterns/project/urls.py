"""Which view answers which address."""

from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import path

from lighthouse.views import log

urlpatterns = [
    path("", log, name="log"),
]
urlpatterns += staticfiles_urlpatterns()
