from django.urls import path

from photos import views

app_name = "photos"
urlpatterns = [
    path("", views.index, name="index"),
    path("upload/", views.upload, name="upload"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/original/", views.original, name="original"),
]
