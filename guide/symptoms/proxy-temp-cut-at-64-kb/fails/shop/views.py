from django.http import HttpResponse
from django.shortcuts import render


def home(request):
    return render(request, "shop/home.html")


def export(request):
    return HttpResponse(b"A" * 8_000_000, content_type="text/csv")
