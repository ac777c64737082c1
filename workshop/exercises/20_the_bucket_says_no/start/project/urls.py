"""Which view answers which address."""

from django.urls import path

from archive import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("scans/<str:name>", views.scan, name="scan"),
    path("remove/<str:name>", views.remove, name="remove"),
]
