"""What stands in the shop's window."""

from django.shortcuts import render

GOODS = [("Wool blanket", "79"), ("Tea, 250 g", "12"), ("Lantern", "34"), ("Umbrella", "41")]


def window(request):
    return render(request, "shop/window.html", {"goods": GOODS})
