"""The cinema's programme."""

from django.shortcuts import render

FILMS = [("18:00", "The Lighthouse Keeper"), ("20:15", "A Night in the Archive"), ("22:30", "Static")]


def programme(request):
    return render(request, "cinema/programme.html", {"films": FILMS})
