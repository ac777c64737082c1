"""Which view answers which address."""

from django.urls import path

from gazette.views import front_page

urlpatterns = [
    path("", front_page, name="front-page"),
]
