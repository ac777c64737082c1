"""Which view answers which address."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import path

from postcards import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
]

# Serves uploads in development.
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT / "postcards")
