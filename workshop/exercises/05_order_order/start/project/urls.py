"""Which view answers which address."""

from django.urls import path

from course import views

urlpatterns = [
    path("", views.contents, name="contents"),
    path("statics/", views.notes, {"part": "statics"}, name="statics"),
    path("dynamics/", views.notes, {"part": "dynamics"}, name="dynamics"),
    path("login/", views.login, name="login"),
]
