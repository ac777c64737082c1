"""The bakery's page."""

from django.shortcuts import render

LOAVES = [("Rye, with caraway", "4.20"), ("Spelt", "4.60"), ("Plaited bun", "1.80")]


def bread(request):
    return render(request, "bakery/page.html", {"loaves": LOAVES})
