from django.shortcuts import redirect, render
from django.templatetags.static import static


def home(request):
    return render(request, "shop/home.html")


def favicon(request):
    return redirect(static("shop/favicon.ico"))
