"""Which view answers which address."""

from django.urls import path
from django.views.generic import TemplateView

from garden.views import beds

urlpatterns = [
    path("", beds, name="beds"),
    path("garden.css", TemplateView.as_view(template_name="garden/garden.css", content_type="text/css")),
]
