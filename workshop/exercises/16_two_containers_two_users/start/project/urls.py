"""Which view answers which address."""

from django.urls import path

from choir import views

urlpatterns = [
    path("", views.wall, name="wall"),
]
