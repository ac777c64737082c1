"""The lecture's pages, and the way in."""

from django.conf import settings
from django.shortcuts import redirect, render

NOTES = {
    "statics": ["A body at rest: forces and moments add up to nothing.", "Cut free, draw, then calculate."],
    "dynamics": ["What is left over accelerates.", "Moments turn; the wheel has a moment of inertia."],
}


def contents(request):
    return render(request, "course/contents.html", {"parts": NOTES})


def notes(request, part):
    return render(request, "course/notes.html", {"part": part, "lines": NOTES[part]})


def login(request):
    """Anyone who knows the word is a member until the browser is closed."""
    request.session["member"] = True
    wrong = False
    if request.method == "POST":
        if request.POST.get("word") == settings.MEMBERS_WORD:
            request.session["member"] = True
            return redirect("contents")
        wrong = True
    return render(request, "course/login.html", {"wrong": wrong})
