"""Which view answers which address."""

from django.urls import path

from garden.views import beds

urlpatterns = [
    path("", beds, name="beds"),
]
