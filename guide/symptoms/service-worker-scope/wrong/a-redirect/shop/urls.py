from django.templatetags.static import static
from django.urls import path
from django.views.generic import RedirectView
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sw.js", RedirectView.as_view(url=static("shop/sw.js")), name="service-worker"),
]
