"""This week's front page."""

from django.shortcuts import render

STORIES = [
    ("Bridge open again", "After eleven weeks the first tractor crossed it on Monday."),
    ("Choir looks for basses", "Two are enough. Rehearsal is on Thursdays."),
    ("Found: one left boot", "Brown, size 43, at the mill pond."),
]


def front_page(request):
    return render(request, "gazette/front_page.html", {"stories": STORIES})
