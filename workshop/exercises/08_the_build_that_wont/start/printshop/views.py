"""The price list."""

from django.shortcuts import render

PRICES = [
    ("Visiting cards", "100", "34"),
    ("Posters, A2", "25", "60"),
    ("Wedding invitations", "50", "95"),
    ("The parish letter", "300", "110"),
]


def prices(request):
    return render(request, "printshop/prices.html", {"prices": PRICES})
