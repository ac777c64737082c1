"""Which view answers which address."""

from django.urls import path

from photos import views

urlpatterns = [
    path("", views.wall, name="wall"),
]
