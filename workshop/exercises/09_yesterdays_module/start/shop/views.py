"""The shop's only page."""

from django.shortcuts import render


def shelf(request):
    return render(request, "shop/shelf.html")
