"""Which view answers which address."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import path

from lighthouse.views import log

urlpatterns = [
    path("", log, name="log"),
]
urlpatterns += static(settings.STATIC_URL, document_root=settings.STATIC_ROOT)
