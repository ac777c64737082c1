"""What is in the oven today."""

from django.shortcuts import render

LOAVES = ["Rye, with caraway", "Spelt", "Plaited bun"]


def today(request):
    response = render(request, "bakery/today.html", {"loaves": LOAVES})
    response.headers["Cache-Control"] = "no-cache"  # a page may not be used without asking
    return response
