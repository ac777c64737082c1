"""Which view answers which address. nginx takes /shop away before Django sees it."""

from django.urls import path

from shop import views

urlpatterns = [
    path("", views.goods, name="goods"),
    path("about/", views.about, name="about"),
]
