"""The lab's addresses, to be included at the site's root."""

from django.urls import path

from lab.bench.views import benchmarks
from lab.playground import views

app_name = "lab"

urlpatterns = [
    path("lab/", views.playground, name="playground"),
    path("lab/who-serves-what/", views.servers, name="servers"),
    path("lab/recipes/", views.recipes, name="recipes"),
    path("lab/preview/", views.preview, name="preview"),
    path("lab/preview.css", views.preview_css, name="preview-css"),
    path("lab.json", views.lab_json, name="json"),
    path("benchmarks/", benchmarks, name="benchmarks"),
    path("lab.md", views.markdown, name="markdown"),
    path("lab.svg", views.card, name="card"),
    path("lab.zip", views.lab_zip, name="zip"),
]
