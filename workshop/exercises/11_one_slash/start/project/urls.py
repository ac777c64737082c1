"""Which view answers which address."""

from django.urls import path

from gallery import views

urlpatterns = [
    path("", views.pictures, name="pictures"),
    path("media-kit/", views.media_kit, name="media-kit"),
]
