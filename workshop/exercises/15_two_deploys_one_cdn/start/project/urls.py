"""Which view answers which address."""

from django.urls import path

from cinema import views

urlpatterns = [
    path("", views.programme, name="programme"),
]
