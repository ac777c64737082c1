from django.urls import path
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("api/", views.api, name="api"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.product, name="product"),
]
