from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.urls import path, re_path
from django.views.static import serve
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", LoginView.as_view(template_name="shop/login.html"), name="login"),
    re_path(r"^static/(?P<path>.*)$", login_not_required(serve), {"document_root": settings.STATIC_ROOT}),
]
