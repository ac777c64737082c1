from django.contrib.auth.views import LoginView
from django.urls import path
from shop import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", LoginView.as_view(), name="login"),
    path("invoices/<int:pk>/", views.invoice, name="invoice"),
]
