from django.urls import path

from guide import views
from guide.symptoms import views as symptoms

app_name = "guide"
urlpatterns = [
    path("", views.home, name="home"),
    path("finders/", views.finders, name="finders"),
    path("symptoms/", symptoms.index, name="symptoms"),
    path("symptoms/<slug:slug>/", symptoms.symptom, name="symptom"),
]
