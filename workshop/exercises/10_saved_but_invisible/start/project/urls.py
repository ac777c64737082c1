"""Which view answers which address."""

from django.urls import path

from postcards import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("write/", views.write, name="write"),
]
