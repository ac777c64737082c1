from django.urls import path
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("films/<slug:name>/", views.film, name="film"),
]
