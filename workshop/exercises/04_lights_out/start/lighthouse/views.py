"""The keeper's log."""

from django.shortcuts import render

ENTRIES = [
    ("21:40", "Lamp lit. Wind south-west, four."),
    ("23:05", "Fog from the north. Horn on."),
    ("02:30", "A trawler answered the light."),
    ("06:12", "Lamp out. Glass cleaned."),
]


def log(request):
    return render(request, "lighthouse/log.html", {"entries": ENTRIES})
