"""Which view answers which address."""

from django.urls import path

from recipes import views

urlpatterns = [
    path("", views.book, name="book"),
    path("add/", views.add, name="add"),
]
