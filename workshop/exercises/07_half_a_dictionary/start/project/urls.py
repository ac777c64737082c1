"""Which view answers which address."""

from django.urls import path

from archive import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("papers/<str:name>", views.paper, name="paper"),
]
