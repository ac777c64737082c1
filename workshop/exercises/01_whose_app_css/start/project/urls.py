"""Which view answers which address."""

from django.urls import path
from django.views.generic import RedirectView

from bakery.views import bread
from library.views import books

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="bakery")),
    path("bakery/", bread, name="bakery"),
    path("library/", books, name="library"),
]
