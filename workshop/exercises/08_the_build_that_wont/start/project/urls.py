"""Which view answers which address."""

from django.urls import path

from printshop.views import prices

urlpatterns = [
    path("", prices, name="prices"),
]
