from django.urls import path
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.home, name="about"),
    path("about/team/", views.home, name="team"),
]
