from django.urls import path
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("pictures/", views.pictures, name="pictures"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.product, name="product"),
]
