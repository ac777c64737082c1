"""Which view answers which address."""

from django.urls import path

from shop import views

urlpatterns = [
    path("", views.shelf),
]
