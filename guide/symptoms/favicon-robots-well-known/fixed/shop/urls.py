from django.urls import path
from django.views.generic import TemplateView
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon),
    path("robots.txt", TemplateView.as_view(template_name="shop/robots.txt", content_type="text/plain")),
    path(
        ".well-known/security.txt",
        TemplateView.as_view(template_name="shop/security.txt", content_type="text/plain; charset=utf-8"),
    ),
]
