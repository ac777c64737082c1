"""Which view answers which address."""

from django.urls import path

from bakery import views

urlpatterns = [
    path("", views.today, name="today"),
]
