"""Which view answers which address."""

from django.urls import path

from drawings import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("send/", views.send, name="send"),
]
