from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html")


def service_worker(request):
    response = render(request, "shop/sw.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
